#include "os/posix/local_ways.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "os/posix/opened.h"

namespace violet {
namespace {

// fchmodat2(2), of Linux 6.6, has this number on x86, ARM and RISC-V; headers may be older.
constexpr long kChangeMode = 452;

// A reference to a file, not to its contents, and never to what a symbolic link leads to.
class FileReference {
 public:
  explicit FileReference(const char* path)
      : error_(take_opened(open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC), descriptor_)) {}

  int status(struct stat& status) const {
    if (error_ != 0) return error_;
    return fstat(descriptor_.get().native(), &status) == 0 ? 0 : last_error();
  }
  // fchmod(2) refuses such a descriptor; the name that leads to it does not, nor does the newer
  // call where there is no /proc.
  int set_mode(mode_t mode) const {
    const int file = descriptor_.get().native();
    char name[32];
    std::snprintf(name, sizeof(name), "/proc/self/fd/%d", file);
    if (chmod(name, mode) == 0) return 0;
    const int error = last_error();
    if (error != UV_ENOENT) return error;
    return syscall(kChangeMode, file, "", mode, AT_EMPTY_PATH) == 0 ? 0 : error;
  }

 private:
  OwnedDescriptor descriptor_;
  int error_;
};

}  // namespace

bool has_abstract_names() {
  return true;
}

int add_to_mode(const char* path, const SocketFile& file, mode_t added) {
  const FileReference reference(path);
  struct stat status;
  if (int error = reference.status(status); error != 0) return error;
  if (!S_ISSOCK(status.st_mode) || !is_same_file(file, status)) return UV_ENOENT;
  if ((status.st_mode & added) == added) return 0;
  return reference.set_mode((status.st_mode | added) & 07777);
}

}  // namespace violet
