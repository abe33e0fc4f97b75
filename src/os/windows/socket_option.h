// Options of sockets, and names by the system's calls.
#pragma once

#include "os/descriptor.h"
#include "os/windows/windows_error.h"
#include "os/windows/winsock.h"

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

}  // namespace violet
