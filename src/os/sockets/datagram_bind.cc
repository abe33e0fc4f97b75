// The addresses of datagram sockets.
#include "os/datagram.h"
#include "os/sockets/socket_option.h"
#include "os/sockets/socket_ways.h"

namespace violet {
namespace {

int apply_bind_flags(Descriptor socket, int family, unsigned int flags) {
  if ((flags & UV_UDP_IPV6ONLY) != 0) {
    if (family != AF_INET6) return UV_EINVAL;
    const int error = set_int_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    if (error != 0) return bind_error(error);
  } else if (family == AF_INET6 && is_one_family_default()) {
    // Where it is no such socket, binding says so.
    static_cast<void>(allow_both_families(socket));
  }
  if ((flags & UV_UDP_LINUX_RECVERR) != 0) {
    if (int error = keep_answered_errors(socket, family); error != 0) return error;
  }
  if ((flags & UV_UDP_REUSEADDR) != 0) {
    if (int error = set_address_reuse(socket); error != 0) return error;
  }
  return (flags & UV_UDP_REUSEPORT) != 0 ? balance_port(socket) : 0;
}

}  // namespace

int is_connected(Descriptor socket) {
  sockaddr_storage peer;
  socklen_t size = sizeof(peer);
  if (getpeername(socket.native(), reinterpret_cast<sockaddr*>(&peer), &size) == 0) return 1;
  const int error = last_socket_error();
  return error == UV_ENOTSOCK || error == UV_EBADF ? error : 0;
}

int bind_datagram_socket(Descriptor socket, const sockaddr* address, unsigned int flags) {
  unsigned int size = 0;
  if (int error = datagram_address_size(address, size); error != 0) return error;
  if (int error = apply_bind_flags(socket, address->sa_family, flags); error != 0) return error;
  return bind_to(socket, address, size);
}

int bind_to_any(Descriptor socket, int family, unsigned int flags) {
  sockaddr_storage any = {};
  any.ss_family = static_cast<decltype(any.ss_family)>(family);
  return bind_datagram_socket(socket, reinterpret_cast<sockaddr*>(&any), flags);
}

}  // namespace violet
