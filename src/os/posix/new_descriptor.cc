// Everything is opened with its flags.
#include "os/posix/new_descriptor.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "os/posix/opened.h"

namespace violet {

int new_socket(int family, int type, OwnedDescriptor& opened) {
  return take_opened(socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), opened);
}

int new_connection(Descriptor listener, OwnedDescriptor& accepted) {
  for (;;) {
    const int result = accept4(listener.native(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (result >= 0) return take_opened(result, accepted);
    if (errno == ENOSYS || errno == EPERM) break;
    if (errno != EINTR) return last_error();
  }
  // A filter that is older than the call refuses it.
  const int result = accept(listener.native(), nullptr, nullptr);
  if (result < 0 && errno == EINTR) return UV_EAGAIN;
  return take_opened_in_steps(result, accepted);
}

int new_pipe(int ends[2], Blocking blocking) {
  return pipe2(ends, O_CLOEXEC | (blocking == Blocking::kNo ? O_NONBLOCK : 0));
}

int new_socket_pair(int type, int protocol, int ends[2], Blocking blocking) {
  const int flags = SOCK_CLOEXEC | (blocking == Blocking::kNo ? SOCK_NONBLOCK : 0);
  return socketpair(AF_UNIX, type | flags, protocol, ends);
}

// MSG_NOSIGNAL is all they need.
void keep_from_signalling(Descriptor) {}

ssize_t receive_passing(Descriptor socket, msghdr& message) {
  return recvmsg(socket.native(), &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
}

}  // namespace violet
