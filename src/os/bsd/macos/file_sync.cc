// fsync(2) leaves what is written in the drive's own memory, from where it may be lost.
#include <fcntl.h>
#include <unistd.h>

#include "os/file.h"
#include "os/posix/repeat.h"

namespace violet {

int sync_file(uv_file file) {
  const int result = repeat_int([&] { return fcntl(file, F_FULLFSYNC); });
  if (result >= 0) return 0;
  // Network file systems, and what is no file on a disk, know it not.
  return repeat_int([&] { return fsync(file); });
}

// There is nothing that would leave the status alone.
int sync_file_data(uv_file file) {
  return sync_file(file);
}

}  // namespace violet
