#include "os/posix/socket_ways.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "os/bsd/source_membership.h"
#include "os/posix/keep_alive_times.h"
#include "os/posix/socket_option.h"

namespace violet {

int set_keep_alive_times(Descriptor socket, const KeepAlive& options) {
  return set_keep_alive_times_by(socket, TCP_KEEPIDLE, options);
}

// SO_REUSEPORT alone gives everything to one socket.
int balance_port(Descriptor socket) {
  return set_int_option(socket, SOL_SOCKET, SO_REUSEPORT_LB, 1);
}

int change_source(Descriptor socket, const InternetAddress& group,
                             const InternetAddress& interface, const InternetAddress& source,
                             bool join) {
  return change_any_source(socket, group, interface, source, join);
}

}  // namespace violet
