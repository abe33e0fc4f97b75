#include <sys/socket.h>

#include "base/error.h"
#include "os/sockets/socket_option.h"
#include "os/sockets/socket_ways.h"

namespace violet {

// SO_REUSEPORT alone gives everything to one socket. Kernels before 12.0 know no other.
int balance_port(Descriptor socket) {
  const int error = set_int_option(socket, SOL_SOCKET, SO_REUSEPORT_LB, 1);
  return error == error_from_errno(ENOPROTOOPT) ? UV_ENOTSUP : error;
}

}  // namespace violet
