#include "os/socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/posix/new_descriptor.h"
#include "os/posix/refused_call.h"
#include "os/socket_io.h"
#include "os/sockets/socket_option.h"
#include "os/sockets/socket_ways.h"

namespace violet {
namespace {

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
    if (socket && is_call_refused()) return read_some(descriptor, false, buffer);
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

// accept(2) takes a descriptor before it looks for a client: without a free one it says so also
// where nobody waits.
int accept_connection(Descriptor socket, OwnedDescriptor& accepted) {
  const int error = new_connection(socket, accepted);
  if (error != UV_EMFILE && error != UV_ENFILE) return error;
  pollfd waiting = {socket.native(), POLLIN, 0};
  return poll(&waiting, 1, 0) == 0 ? UV_EAGAIN : error;
}

int shut_down_writing(Descriptor socket) {
  if (shutdown(socket.native(), SHUT_WR) == 0) return 0;
  const int error = last_error();
  // The BSDs and macOS say so of a local socket whose other side is gone. There is nobody left to
  // be told of the end, which is no failure elsewhere.
  return error == UV_ENOTCONN && family_of_socket(socket) == AF_UNIX ? 0 : error;
}

int make_close_reset(Descriptor socket) {
  const linger no_wait = {1, 0};
  if (setsockopt(socket.native(), SOL_SOCKET, SO_LINGER, &no_wait, sizeof(no_wait)) == 0) return 0;
  // So macOS says when both directions are shut down already: there is nothing left to reset.
  return errno == EINVAL ? 0 : last_error();
}

int let_address_be_had_again(Descriptor socket) {
  return set_int_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
}

int family_of_socket(Descriptor socket) {
  sockaddr_storage name = {};
  socklen_t size = sizeof(name);
  getsockname(socket.native(), reinterpret_cast<sockaddr*>(&name), &size);
  return name.ss_family;
}

int last_socket_error() {
  return last_error();
}

int start_sockets() {
  return 0;
}

int socket_name(Descriptor socket, sockaddr* name, int* size) {
  return name_by(getsockname, socket, name, size);
}
int peer_name(Descriptor socket, sockaddr* name, int* size) {
  return name_by(getpeername, socket, name, size);
}

}  // namespace violet
