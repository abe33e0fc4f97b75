#pragma once

#include <sys/socket.h>

#include "base/error.h"
#include "os/descriptor.h"

namespace violet {

template <typename Value>
int set_socket_option(Descriptor socket, int level, int name, const Value& value) {
  return setsockopt(socket.native(), level, name, &value, sizeof(value)) == 0 ? 0 : last_error();
}

inline int set_int_option(Descriptor socket, int level, int name, int value) {
  return set_socket_option(socket, level, name, value);
}

}  // namespace violet
