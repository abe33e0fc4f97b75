// The file that a local socket is bound to.
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/local_socket.h"
#include "os/posix/local_ways.h"

namespace violet {

bool is_same_file(const SocketFile& file, const struct stat& status) {
  return !file.is_known ||
         (static_cast<std::uint64_t>(status.st_dev) == file.device && status.st_ino == file.number);
}

SocketFile socket_file(const char* path) {
  struct stat status;
  if (lstat(path, &status) != 0 || !S_ISSOCK(status.st_mode)) return {};
  return {static_cast<std::uint64_t>(status.st_dev), status.st_ino, true};
}

void remove_socket_file(const char* path, const SocketFile& file) {
  const int saved_errno = errno;
  struct stat status;
  if (lstat(path, &status) == 0 && is_same_file(file, status)) unlink(path);
  errno = saved_errno;
}

int allow_everybody(Descriptor socket, const SocketFile& file, bool readable, bool writable) {
  // One byte more than the kernel fills, so that the path ends with a zero.
  struct {
    sockaddr_un address;
    char zero;
  } name = {};
  socklen_t size = sizeof(name.address);
  if (getsockname(socket.native(), reinterpret_cast<sockaddr*>(&name.address), &size) != 0)
    return last_error();
  const mode_t added =
      (readable ? S_IRUSR | S_IRGRP | S_IROTH : 0u) | (writable ? S_IWUSR | S_IWGRP | S_IWOTH : 0u);
  return add_to_mode(name.address.sun_path, file, added);
}

}  // namespace violet
