#include "os/socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/error.h"
#include "os/posix/opened.h"
#include "os/socket_io.h"

namespace violet {
namespace {

int set_option(Descriptor socket, int level, int option, int value) {
  return setsockopt(socket.native(), level, option, &value, sizeof(value)) == 0 ? 0 : last_error();
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);

int name_by(NameCall call, Descriptor socket, sockaddr* name, int* size) {
  socklen_t length = static_cast<socklen_t>(*size);
  if (call(socket.native(), name, &length) != 0) return last_error();
  *size = static_cast<int>(length);
  return 0;
}

// Where accept4(2) is refused. A child that another thread starts meanwhile may inherit the socket.
int accept_in_steps(Descriptor socket, OwnedDescriptor& accepted) {
  OwnedDescriptor taken;
  if (int error = take_opened(accept(socket.native(), nullptr, nullptr), taken); error != 0) {
    return error == UV_EINTR ? UV_EAGAIN : error;
  }
  fcntl(taken.get().native(), F_SETFD, FD_CLOEXEC);
  if (int error = set_nonblocking(taken.get(), true); error != 0) return error;
  accepted = std::move(taken);
  return 0;
}

}  // namespace

int open_stream_socket(int family, OwnedDescriptor& opened) {
  return take_opened(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), opened);
}

int set_nonblocking(Descriptor descriptor, bool nonblocking) {
  // One call instead of the two of fcntl(2).
  int value = nonblocking ? 1 : 0;
  return ioctl(descriptor.native(), FIONBIO, &value) == 0 ? 0 : last_error();
}

bool is_socket(Descriptor descriptor) {
  struct stat status;
  return fstat(descriptor.native(), &status) == 0 && S_ISSOCK(status.st_mode);
}

bool is_standard_descriptor(Descriptor descriptor) {
  return descriptor.is_open() && descriptor.native() <= STDERR_FILENO;
}

std::int64_t read_some(Descriptor descriptor, const uv_buf_t& buffer) {
  for (;;) {
    ssize_t count = read(descriptor.native(), buffer.base, buffer.len);
    if (count >= 0) return count;
    if (errno != EINTR) return last_error();
  }
}

std::int64_t write_some(Descriptor descriptor, bool socket, const uv_buf_t* buffers,
                        unsigned int count, Descriptor passed) {
  if (passed.is_open()) return send_with_descriptor(descriptor, buffers, count, passed);
  return socket ? send_gathered(descriptor, buffers, count)
                : write_gathered(descriptor, buffers, count);
}

int wait_until_writable(Descriptor descriptor) {
  pollfd waiting = {descriptor.native(), POLLOUT, 0};
  for (;;) {
    if (poll(&waiting, 1, -1) >= 0) return 0;
    if (errno != EINTR) return last_error();
  }
}

int listen_on_socket(Descriptor socket, int backlog) {
  return listen(socket.native(), backlog) == 0 ? 0 : last_error();
}

int accept_connection(Descriptor socket, OwnedDescriptor& accepted) {
  for (;;) {
    const int result = accept4(socket.native(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (result >= 0) return take_opened(result, accepted);
    if (errno == ENOSYS || errno == EPERM) return accept_in_steps(socket, accepted);
    if (errno != EINTR) return last_error();
  }
}

int shut_down_writing(Descriptor socket) {
  return shutdown(socket.native(), SHUT_WR) == 0 ? 0 : last_error();
}

int make_close_reset(Descriptor socket) {
  const linger no_wait = {1, 0};
  return setsockopt(socket.native(), SOL_SOCKET, SO_LINGER, &no_wait, sizeof(no_wait)) == 0
             ? 0
             : last_error();
}

int internet_address_size(const sockaddr* address, unsigned int& size) {
  switch (address->sa_family) {
    case AF_INET:
      size = sizeof(sockaddr_in);
      return 0;
    case AF_INET6:
      size = sizeof(sockaddr_in6);
      return 0;
    default:
      return UV_EINVAL;
  }
}

int bind_internet_socket(Descriptor socket, const sockaddr* address, unsigned int size,
                         bool ipv6_only, bool reuse_port) {
  // A server that starts again takes its port back although old connections linger there.
  if (int error = set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1); error != 0) return error;
  if (reuse_port) {
    if (int error = set_option(socket, SOL_SOCKET, SO_REUSEPORT, 1); error != 0) return error;
  }
  if (address->sa_family == AF_INET6) {
    int error = set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, ipv6_only ? 1 : 0);
    if (error != 0) return error;
  }
  if (bind(socket.native(), address, size) == 0) return 0;
  // An address of another family than the socket's is the caller's mistake.
  return errno == EAFNOSUPPORT ? UV_EINVAL : last_error();
}

int socket_name(Descriptor socket, sockaddr* name, int* size) {
  return name_by(getsockname, socket, name, size);
}
int peer_name(Descriptor socket, sockaddr* name, int* size) {
  return name_by(getpeername, socket, name, size);
}

int set_no_delay(Descriptor socket, bool enable) {
  return set_option(socket, IPPROTO_TCP, TCP_NODELAY, enable ? 1 : 0);
}

int set_keep_alive(Descriptor socket, const KeepAlive* options) {
  int error = set_option(socket, SOL_SOCKET, SO_KEEPALIVE, options != nullptr ? 1 : 0);
  if (error != 0 || options == nullptr) return error;
  error = set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, static_cast<int>(options->idle_seconds));
  if (error != 0) return error;
  error =
      set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, static_cast<int>(options->interval_seconds));
  if (error != 0) return error;
  return set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, static_cast<int>(options->count));
}

int socket_buffer_size(Descriptor socket, SocketBuffer which, int* value) {
  int option = which == SocketBuffer::kSend ? SO_SNDBUF : SO_RCVBUF;
  if (*value != 0) return set_option(socket, SOL_SOCKET, option, *value);
  socklen_t size = sizeof(*value);
  return getsockopt(socket.native(), SOL_SOCKET, option, value, &size) == 0 ? 0 : last_error();
}

}  // namespace violet
