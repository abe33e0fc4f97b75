#include "os/open_files.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "os/posix/inheritance.h"
#include "os/posix/new_descriptor.h"

namespace violet {
namespace {

int type_of(Descriptor socket) {
  int type = -1;
  socklen_t size = sizeof(type);
  return getsockopt(socket.native(), SOL_SOCKET, SO_TYPE, &type, &size) == 0 ? type : -1;
}

// A socket without a name tells its family all the same.
int family_of(Descriptor socket) {
  sockaddr_storage name = {};
  socklen_t size = sizeof(name);
  auto* address = reinterpret_cast<sockaddr*>(&name);
  return getsockname(socket.native(), address, &size) == 0 ? address->sa_family : AF_UNSPEC;
}

uv_handle_type guess_socket(Descriptor descriptor) {
  const int family = family_of(descriptor);
  const int type = type_of(descriptor);
  const bool is_internet = family == AF_INET || family == AF_INET6;
  if (is_internet && type == SOCK_STREAM) return UV_TCP;
  if (is_internet && type == SOCK_DGRAM) return UV_UDP;
  if (family == AF_UNIX && type == SOCK_STREAM) return UV_NAMED_PIPE;
  return UV_UNKNOWN_HANDLE;
}

bool is_nonblocking(int flags) {
  return (flags & UV_NONBLOCK_PIPE) != 0;
}

int set_nonblocking(int descriptor) {
  int flags = fcntl(descriptor, F_GETFL);
  return flags >= 0 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0 ? 0 : last_error();
}

// Finishes a new pair whose ends are not both alike.
int set_nonblocking_ends(const int ends[2], int flags0, int flags1) {
  int error = is_nonblocking(flags0) ? set_nonblocking(ends[0]) : 0;
  if (error == 0 && is_nonblocking(flags1)) error = set_nonblocking(ends[1]);
  if (error == 0) return 0;
  close(ends[0]);
  close(ends[1]);
  return error;
}

}  // namespace

uv_handle_type guess_handle(Descriptor descriptor) {
  if (!descriptor.is_open()) return UV_UNKNOWN_HANDLE;
  if (isatty(descriptor.native())) return UV_TTY;
  struct stat status;
  if (fstat(descriptor.native(), &status) != 0) return UV_UNKNOWN_HANDLE;
  if (S_ISREG(status.st_mode) || S_ISCHR(status.st_mode)) return UV_FILE;
  if (S_ISFIFO(status.st_mode)) return UV_NAMED_PIPE;
  return S_ISSOCK(status.st_mode) ? guess_socket(descriptor) : UV_UNKNOWN_HANDLE;
}

int create_pipe(uv_file ends[2], int read_flags, int write_flags) {
  const bool both = is_nonblocking(read_flags) && is_nonblocking(write_flags);
  int created[2];
  if (new_pipe(created, both ? Blocking::kNo : Blocking::kYes) != 0) return last_error();
  int error = both ? 0 : set_nonblocking_ends(created, read_flags, write_flags);
  if (error < 0) return error;
  ends[0] = created[0];
  ends[1] = created[1];
  return 0;
}

int create_socket_pair(int type, int protocol, OwnedDescriptor ends[2], int flags0, int flags1) {
  const bool both = is_nonblocking(flags0) && is_nonblocking(flags1);
  int created[2];
  if (new_socket_pair(type, protocol, created, both ? Blocking::kNo : Blocking::kYes) != 0) {
    return last_error();
  }
  int error = both ? 0 : set_nonblocking_ends(created, flags0, flags1);
  if (error < 0) return error;
  ends[0] = OwnedDescriptor(Descriptor::of(created[0]));
  ends[1] = OwnedDescriptor(Descriptor::of(created[1]));
  return 0;
}

void disable_inheritance() {
  if (disable_inheritance_at_once()) return;
  rlimit limit;
  constexpr int kHighest = 65536;
  int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < kHighest
                ? static_cast<int>(limit.rlim_cur)
                : kHighest;
  for (int descriptor = 0; descriptor < end; ++descriptor) {
    int flags = fcntl(descriptor, F_GETFD);
    if (flags >= 0) fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC);
  }
}

uv_os_fd_t system_handle(uv_file file) {
  return file;
}

uv_file open_system_handle(uv_os_fd_t handle) {
  return handle;
}

}  // namespace violet
