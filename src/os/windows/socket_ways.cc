#include "os/sockets/socket_ways.h"

#include "os/sockets/socket_option.h"
#include "os/sockets/source_membership.h"
#include "os/windows/winsock.h"

namespace violet {

int start_sockets() {
  return start_winsock();
}

// A socket that is not bound has no name yet.
int family_of_socket(Descriptor socket) {
  WSAPROTOCOL_INFOW protocol = {};
  int size = sizeof(protocol);
  const int result = getsockopt(socket.native(), SOL_SOCKET, SO_PROTOCOL_INFOW,
                                reinterpret_cast<char*>(&protocol), &size);
  return result == 0 ? protocol.iAddressFamily : AF_UNSPEC;
}

int set_address_reuse(Descriptor socket) {
  return set_int_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
}

// SO_REUSEADDR lets others take the port here.
int balance_port(Descriptor) {
  return UV_ENOTSUP;
}

int allow_both_families(Descriptor socket) {
  return set_int_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
}

bool is_one_family_default() {
  return true;
}

int set_v4_multicast_option(Descriptor socket, int name, int value) {
  return set_int_option(socket, IPPROTO_IP, name, value);
}

int change_source(Descriptor socket, const InternetAddress& group, const InternetAddress& own,
                  const InternetAddress& source, bool join) {
  return group.any.sa_family == AF_INET
             ? change_v4_source(socket, group.v4, own.v4, source.v4, join)
             : change_v6_source(socket, group.v6, own.v6.sin6_scope_id, source.v6, join);
}

// None are kept.
int keep_answered_errors(Descriptor, int) {
  return 0;
}

}  // namespace violet
