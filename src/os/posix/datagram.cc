#include "os/datagram.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>

#include "base/error.h"
#include "os/posix/new_descriptor.h"
#include "os/posix/socket_option.h"
#include "os/posix/socket_ways.h"

namespace violet {
namespace {

int apply_bind_flags(Descriptor socket, int family, unsigned int flags) {
  if ((flags & UV_UDP_IPV6ONLY) != 0) {
    if (family != AF_INET6) return UV_EINVAL;
    if (int error = set_int_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1); error != 0) return error;
  } else if (family == AF_INET6 && is_one_family_default()) {
    // Where it is no such socket, bind(2) says so.
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

int open_datagram_socket(int family, OwnedDescriptor& opened) {
  return new_socket(family, SOCK_DGRAM, opened);
}

int is_connected(Descriptor socket) {
  sockaddr_storage peer;
  socklen_t size = sizeof(peer);
  if (getpeername(socket.native(), reinterpret_cast<sockaddr*>(&peer), &size) == 0) return 1;
  return errno == ENOTSOCK || errno == EBADF ? last_error() : 0;
}

int datagram_address_size(const sockaddr* address, unsigned int& size) {
  switch (address->sa_family) {
    case AF_INET:
      size = sizeof(sockaddr_in);
      return 0;
    case AF_INET6:
      size = sizeof(sockaddr_in6);
      return 0;
    case AF_UNIX:
      size = sizeof(sockaddr_un);
      return 0;
    default:
      return UV_EINVAL;
  }
}

int bind_datagram_socket(Descriptor socket, const sockaddr* address, unsigned int flags) {
  unsigned int size = 0;
  if (int error = datagram_address_size(address, size); error != 0) return error;
  if (int error = apply_bind_flags(socket, address->sa_family, flags); error != 0) return error;
  if (bind(socket.native(), address, size) == 0) return 0;
  // An IPv6 address on an IPv4 socket, or the other way round.
  return errno == EAFNOSUPPORT ? UV_EINVAL : last_error();
}

int bind_to_any(Descriptor socket, int family, unsigned int flags) {
  sockaddr_storage any = {};
  any.ss_family = static_cast<sa_family_t>(family);
  return bind_datagram_socket(socket, reinterpret_cast<sockaddr*>(&any), flags);
}

int connect_datagram_socket(Descriptor socket, const sockaddr* address) {
  unsigned int size = 0;
  if (int error = datagram_address_size(address, size); error != 0) return error;
  while (connect(socket.native(), address, size) != 0) {
    if (errno != EINTR) return last_error();
  }
  return 0;
}

int disconnect_datagram_socket(Descriptor socket) {
  sockaddr nobody = {};
  nobody.sa_family = AF_UNSPEC;
  while (connect(socket.native(), &nobody, sizeof(nobody)) != 0) {
    if (errno == EINTR) continue;
    // The BSDs give the peer up, then refuse the address.
    const int error = last_error();
    return is_connected(socket) == 0 ? 0 : error;
  }
  return 0;
}

}  // namespace violet
