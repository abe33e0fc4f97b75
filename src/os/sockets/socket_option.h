// Options of sockets, which BSD sockets and Winsock set by the same call.
#pragma once

#include <uv.h>

#include "os/descriptor.h"
#include "os/sockets/socket_error.h"

namespace violet {

template <typename Value>
int set_socket_option(Descriptor socket, int level, int name, const Value& value) {
  return setsockopt(socket.native(), level, name, reinterpret_cast<const char*>(&value),
                    sizeof(value)) == 0
             ? 0
             : last_socket_error();
}

inline int set_int_option(Descriptor socket, int level, int name, int value) {
  return set_socket_option(socket, level, name, value);
}

// Of a failure to bind to an address: one of another family than the socket's is the caller's
// mistake, which systems call by several names.
inline int bind_error(int error) {
  const bool is_of_family =
      error == UV_EAFNOSUPPORT || error == UV_EFAULT || error == UV_ENOPROTOOPT;
  return is_of_family ? UV_EINVAL : error;
}

inline int bind_to(Descriptor socket, const sockaddr* address, unsigned int size) {
  return bind(socket.native(), address, static_cast<socklen_t>(size)) == 0
             ? 0
             : bind_error(last_socket_error());
}

}  // namespace violet
