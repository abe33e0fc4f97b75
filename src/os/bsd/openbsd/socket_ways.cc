#include "os/posix/socket_ways.h"

namespace violet {

// The times are the system's (sysctl net.inet.tcp.keepidle), not the socket's.
int set_keep_alive_times(Descriptor, const KeepAlive&) {
  return 0;
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
