// The file that a local socket is bound to.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "os/local_socket.h"
#include "os/posix/opened.h"

namespace violet {
namespace {

// A reference to a file, not to its contents, and never to what a symbolic link leads to.
class FileReference {
 public:
  explicit FileReference(const char* path)
      : error_(take_opened(open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC), descriptor_)) {}

  int status(struct stat& status) const {
    if (error_ != 0) return error_;
    return fstat(descriptor_.get().native(), &status) == 0 ? 0 : last_error();
  }
  // fchmod(2) refuses such a descriptor; the name that leads to it does not.
  int set_mode(mode_t mode) const {
    char name[32];
    std::snprintf(name, sizeof(name), "/proc/self/fd/%d", descriptor_.get().native());
    return chmod(name, mode) == 0 ? 0 : last_error();
  }

 private:
  OwnedDescriptor descriptor_;
  int error_;
};

bool is_same(const SocketFile& file, const struct stat& status) {
  return !file.is_known || (status.st_dev == file.device && status.st_ino == file.number);
}

}  // namespace

SocketFile socket_file(const char* path) {
  struct stat status;
  if (lstat(path, &status) != 0 || !S_ISSOCK(status.st_mode)) return {};
  return {status.st_dev, status.st_ino, true};
}

void remove_socket_file(const char* path, const SocketFile& file) {
  const int saved_errno = errno;
  struct stat status;
  if (lstat(path, &status) == 0 && is_same(file, status)) unlink(path);
  errno = saved_errno;
}

int allow_everybody(Descriptor socket, const SocketFile& file, bool readable, bool writable) {
  sockaddr_un address = {};
  socklen_t size = sizeof(address);
  if (getsockname(socket.native(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
    return last_error();
  const FileReference reference(address.sun_path);
  struct stat status;
  if (int error = reference.status(status); error != 0) return error;
  if (!S_ISSOCK(status.st_mode) || !is_same(file, status)) return UV_ENOENT;
  const mode_t added =
      (readable ? S_IRUSR | S_IRGRP | S_IROTH : 0u) | (writable ? S_IWUSR | S_IWGRP | S_IWOTH : 0u);
  if ((status.st_mode & added) == added) return 0;
  return reference.set_mode((status.st_mode | added) & 07777);
}

}  // namespace violet
