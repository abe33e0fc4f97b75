// What streams ask of internet sockets.
#include "os/socket.h"
#include "os/sockets/socket_option.h"
#include "os/sockets/socket_ways.h"

namespace violet {

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
  if (int error = let_address_be_had_again(socket); error != 0) return error;
  if (reuse_port) {
    if (int error = balance_port(socket); error != 0) return error;
  }
  if (address->sa_family == AF_INET6) {
    const int error = ipv6_only ? set_int_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1)
                                : allow_both_families(socket);
    if (error != 0) return bind_error(error);
  }
  return bind_to(socket, address, size);
}

int set_no_delay(Descriptor socket, bool enable) {
  return set_int_option(socket, IPPROTO_TCP, TCP_NODELAY, enable ? 1 : 0);
}

int set_keep_alive(Descriptor socket, const KeepAlive* options) {
  const int error = set_int_option(socket, SOL_SOCKET, SO_KEEPALIVE, options != nullptr ? 1 : 0);
  if (error != 0 || options == nullptr) return error;
  // Not every system refuses 0.
  const KeepAlive& times = *options;
  if (times.idle_seconds == 0 || times.interval_seconds == 0 || times.count == 0) return UV_EINVAL;
  return set_keep_alive_times(socket, times);
}

int socket_buffer_size(Descriptor socket, SocketBuffer which, int* value) {
  const int option = which == SocketBuffer::kSend ? SO_SNDBUF : SO_RCVBUF;
  if (*value != 0) return set_int_option(socket, SOL_SOCKET, option, *value);
  socklen_t size = sizeof(*value);
  return getsockopt(socket.native(), SOL_SOCKET, option, reinterpret_cast<char*>(value), &size) == 0
             ? 0
             : last_socket_error();
}

}  // namespace violet
