#include "os/posix/socket_ways.h"

#include <netinet/tcp.h>

#include "os/posix/keep_alive_times.h"

namespace violet {

int set_keep_alive_times(Descriptor socket, const KeepAlive& options) {
  return set_keep_alive_times_by(socket, TCP_KEEPIDLE, options);
}

int balance_port(Descriptor) {
  return UV_ENOTSUP;
}

// Groups have no sources here.
int change_source(Descriptor, const InternetAddress&, const InternetAddress&,
                             const InternetAddress&, bool) {
  return UV_ENOSYS;
}

}  // namespace violet
