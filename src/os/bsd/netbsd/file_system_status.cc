#include <sys/statvfs.h>

#include "os/file_status.h"
#include "os/posix/repeat.h"

namespace violet {

// Kinds of file systems have names here, not numbers.
int status_of_file_system(const char* path, uv_statfs_t& status) {
  struct statvfs result;
  const int error = repeat_int([&] { return statvfs(path, &result); });
  if (error != 0) return error;
  status = {};
  // The blocks are counted in fragments.
  status.f_bsize = result.f_frsize;
  status.f_frsize = result.f_frsize;
  status.f_blocks = result.f_blocks;
  status.f_bfree = result.f_bfree;
  status.f_bavail = result.f_bavail;
  status.f_files = result.f_files;
  status.f_ffree = result.f_ffree;
  return 0;
}

}  // namespace violet
