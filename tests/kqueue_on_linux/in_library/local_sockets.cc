// Local sockets as FreeBSD and macOS have them, where KQUEUE_ON_LINUX_WITHOUT asks for it: calls of
// what it is linked into.
#include <dlfcn.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

#include "../filter.h"

using kqueue_on_linux::is_local_datagram_socket;
using kqueue_on_linux::is_local_stream_socket;
using kqueue_on_linux::is_taken_away;
using kqueue_on_linux::socket_option;

namespace {

// The C library's, or what stands before it: planted faults (conformance/faults).
template <typename Function>
Function* of_the_system(Function*, const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

// Local datagram sockets of FreeBSD "always are writeable" and never block: a full receiver is
// ENOBUFS (the commit reviews.freebsd.org/rG71e70c25c008 says so). On streams send(2) has it for
// "the system was unable to allocate an internal buffer": here that is the receiver's.
long with_the_error_of_no_room(long result, int descriptor) {
  if (result >= 0 || errno != EAGAIN) return result;
  if ((is_taken_away("room") && is_local_datagram_socket(descriptor)) ||
      (is_taken_away("memory") && is_local_stream_socket(descriptor))) {
    errno = ENOBUFS;
  }
  return result;
}

bool has_lost_its_peer(int descriptor) {
  pollfd polled = {descriptor, 0, 0};
  return socket_option(descriptor, SO_DOMAIN) == AF_UNIX && poll(&polled, 1, 0) == 1 &&
         (polled.revents & POLLHUP) != 0;
}

}  // namespace

extern "C" ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
  static auto* const call = of_the_system(sendmsg, "sendmsg");
  return with_the_error_of_no_room(call(descriptor, message, flags), descriptor);
}

extern "C" ssize_t send(int descriptor, const void* bytes, size_t size, int flags) {
  static auto* const call = of_the_system(send, "send");
  return with_the_error_of_no_room(call(descriptor, bytes, size, flags), descriptor);
}

extern "C" int sendmmsg(int descriptor, mmsghdr* messages, unsigned int count, int flags) {
  static auto* const call = of_the_system(sendmmsg, "sendmmsg");
  const long result = call(descriptor, messages, count, flags);
  return static_cast<int>(with_the_error_of_no_room(result, descriptor));
}

// shutdown(2), ENOTCONN: "specifies a socket which is not connected", which a local one is not any
// more when its peer has closed.
extern "C" int shutdown(int descriptor, int how) {
  static auto* const call = of_the_system(shutdown, "shutdown");
  if (is_taken_away("peers") && has_lost_its_peer(descriptor)) {
    errno = ENOTCONN;
    return -1;
  }
  return call(descriptor, how);
}
