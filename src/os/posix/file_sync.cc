// What is written gets to the disk.
#include <unistd.h>

#include "os/file.h"
#include "os/posix/repeat.h"

namespace violet {

int sync_file(uv_file file) {
  return repeat_int([&] { return fsync(file); });
}

int sync_file_data(uv_file file) {
  return repeat_int([&] { return fdatasync(file); });
}

}  // namespace violet
