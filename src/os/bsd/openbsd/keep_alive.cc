#include "os/sockets/socket_ways.h"

namespace violet {

// The times are the system's (sysctl net.inet.tcp.keepidle), not the socket's.
int set_keep_alive_times(Descriptor, const KeepAlive&) {
  return 0;
}

}  // namespace violet
