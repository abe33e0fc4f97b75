#include "os/posix/socket_ways.h"

#include <netinet/tcp.h>

#include "os/bsd/source_membership.h"
#include "os/posix/keep_alive_times.h"

namespace violet {

int set_keep_alive_times(Descriptor socket, const KeepAlive& options) {
  return set_keep_alive_times_by(socket, TCP_KEEPALIVE, options);
}

int balance_port(Descriptor) {
  return UV_ENOTSUP;
}

int change_source(Descriptor socket, const InternetAddress& group,
                             const InternetAddress& interface, const InternetAddress& source,
                             bool join) {
  return change_any_source(socket, group, interface, source, join);
}

}  // namespace violet
