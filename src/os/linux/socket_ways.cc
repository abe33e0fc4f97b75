#include "os/sockets/socket_ways.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "os/sockets/socket_option.h"
#include "os/sockets/source_membership.h"

namespace violet {

int set_address_reuse(Descriptor socket) {
  return set_int_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
}

int balance_port(Descriptor socket) {
  return set_int_option(socket, SOL_SOCKET, SO_REUSEPORT, 1);
}

int allow_both_families(Descriptor socket) {
  return set_int_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
}

bool is_one_family_default() {
  return false;
}

int set_v4_multicast_option(Descriptor socket, int name, int value) {
  return set_int_option(socket, IPPROTO_IP, name, value);
}

int change_source(Descriptor socket, const InternetAddress& group, const InternetAddress& interface,
                  const InternetAddress& source, bool join) {
  return group.any.sa_family == AF_INET
             ? change_v4_source(socket, group.v4, interface.v4, source.v4, join)
             : change_v6_source(socket, group.v6, interface.v6.sin6_scope_id, source.v6, join);
}

int keep_answered_errors(Descriptor socket, int family) {
  return family == AF_INET6 ? set_int_option(socket, IPPROTO_IPV6, IPV6_RECVERR, 1)
                            : set_int_option(socket, IPPROTO_IP, IP_RECVERR, 1);
}

}  // namespace violet
