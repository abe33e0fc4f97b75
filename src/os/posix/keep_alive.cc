#include <netinet/tcp.h>

#include "os/posix/keep_alive_times.h"
#include "os/sockets/socket_ways.h"

namespace violet {

int set_keep_alive_times(Descriptor socket, const KeepAlive& options) {
  return set_keep_alive_times_by(socket, TCP_KEEPIDLE, options);
}

}  // namespace violet
