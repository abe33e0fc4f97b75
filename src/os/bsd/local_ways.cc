#include "os/posix/local_ways.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/error.h"

namespace violet {

bool has_abstract_names() {
  return false;
}

// No descriptor leads to the file of a socket. A link that takes its place between the calls is not
// followed.
int add_to_mode(const char* path, const SocketFile& file, mode_t added) {
  struct stat status;
  if (lstat(path, &status) != 0) return last_error();
  if (!S_ISSOCK(status.st_mode) || !is_same_file(file, status)) return UV_ENOENT;
  if ((status.st_mode & added) == added) return 0;
  const mode_t mode = (status.st_mode | added) & 07777;
  return fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : last_error();
}

}  // namespace violet
