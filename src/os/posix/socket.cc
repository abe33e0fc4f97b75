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

#include "base/error.h"
#include "os/posix/new_descriptor.h"
#include "os/posix/socket_ways.h"
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

}  // namespace

int open_stream_socket(int family, OwnedDescriptor& opened) {
  return new_socket(family, SOCK_STREAM, opened);
}

int set_nonblocking(Descriptor descriptor, bool nonblocking) {
  if (nonblocking) keep_from_signalling(descriptor);
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

std::int64_t read_some(Descriptor descriptor, bool socket, const uv_buf_t& buffer) {
  for (;;) {
    // The way of recv(2) through the kernel is shorter: it looks at no file position.
    ssize_t count = socket ? recv(descriptor.native(), buffer.base, buffer.len, 0)
                           : read(descriptor.native(), buffer.base, buffer.len);
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
  return new_connection(socket, accepted);
}

int shut_down_writing(Descriptor socket) {
  return shutdown(socket.native(), SHUT_WR) == 0 ? 0 : last_error();
}

int make_close_reset(Descriptor socket) {
  const linger no_wait = {1, 0};
  if (setsockopt(socket.native(), SOL_SOCKET, SO_LINGER, &no_wait, sizeof(no_wait)) == 0) return 0;
  // So macOS says when both directions are shut down already: there is nothing left to reset.
  return errno == EINVAL ? 0 : last_error();
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
    if (int error = balance_port(socket); error != 0) return error;
  }
  if (address->sa_family == AF_INET6) {
    const int error =
        ipv6_only ? set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1) : allow_both_families(socket);
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
  const int error = set_option(socket, SOL_SOCKET, SO_KEEPALIVE, options != nullptr ? 1 : 0);
  return error != 0 || options == nullptr ? error : set_keep_alive_times(socket, *options);
}

int socket_buffer_size(Descriptor socket, SocketBuffer which, int* value) {
  int option = which == SocketBuffer::kSend ? SO_SNDBUF : SO_RCVBUF;
  if (*value != 0) return set_option(socket, SOL_SOCKET, option, *value);
  socklen_t size = sizeof(*value);
  return getsockopt(socket.native(), SOL_SOCKET, option, value, &size) == 0 ? 0 : last_error();
}

}  // namespace violet
