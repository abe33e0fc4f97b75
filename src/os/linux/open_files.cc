#include "os/open_files.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

#include "base/error.h"

namespace violet {
namespace {

// CLOSE_RANGE_CLOEXEC, which older headers lack.
constexpr unsigned kCloseRangeCloexec = 1u << 2;

int socket_option(Descriptor descriptor, int option) {
  int value = -1;
  socklen_t size = sizeof(value);
  return getsockopt(descriptor.native(), SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

uv_handle_type guess_socket(Descriptor descriptor) {
  int domain = socket_option(descriptor, SO_DOMAIN);
  int type = socket_option(descriptor, SO_TYPE);
  bool is_internet = domain == AF_INET || domain == AF_INET6;
  if (is_internet && type == SOCK_STREAM) return UV_TCP;
  if (is_internet && type == SOCK_DGRAM) return UV_UDP;
  if (domain == AF_UNIX && type == SOCK_STREAM) return UV_NAMED_PIPE;
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
  bool both = is_nonblocking(read_flags) && is_nonblocking(write_flags);
  int created[2];
  if (pipe2(created, O_CLOEXEC | (both ? O_NONBLOCK : 0)) != 0) return last_error();
  int error = both ? 0 : set_nonblocking_ends(created, read_flags, write_flags);
  if (error < 0) return error;
  ends[0] = created[0];
  ends[1] = created[1];
  return 0;
}

int create_socket_pair(int type, int protocol, OwnedDescriptor ends[2], int flags0, int flags1) {
  bool both = is_nonblocking(flags0) && is_nonblocking(flags1);
  int created[2];
  int socket_type = type | SOCK_CLOEXEC | (both ? SOCK_NONBLOCK : 0);
  if (socketpair(AF_UNIX, socket_type, protocol, created) != 0) return last_error();
  int error = both ? 0 : set_nonblocking_ends(created, flags0, flags1);
  if (error < 0) return error;
  ends[0] = OwnedDescriptor(Descriptor::of(created[0]));
  ends[1] = OwnedDescriptor(Descriptor::of(created[1]));
  return 0;
}

void disable_inheritance() {
  // Linux 5.11 and later do it in one call.
  if (syscall(SYS_close_range, 0u, UINT_MAX, kCloseRangeCloexec) == 0) return;
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
