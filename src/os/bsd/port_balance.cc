#include "os/sockets/socket_ways.h"

namespace violet {

// SO_REUSEPORT gives everything to one socket.
int balance_port(Descriptor) {
  return UV_ENOTSUP;
}

}  // namespace violet
