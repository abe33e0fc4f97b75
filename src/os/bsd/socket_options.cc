#include "os/sockets/socket_ways.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "os/sockets/socket_option.h"

namespace violet {

// SO_REUSEADDR lets nobody bind the very same address here, but for groups.
int set_address_reuse(Descriptor socket) {
  return set_int_option(socket, SOL_SOCKET, SO_REUSEPORT, 1);
}

int allow_both_families(Descriptor socket) {
  const int error = set_int_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  // OpenBSD keeps the families apart whatever is asked. Of a socket that has an address already,
  // bind(2) says the same.
  return error == UV_EINVAL ? 0 : error;
}

bool is_one_family_default() {
  return true;
}

// A byte is what all of them take.
int set_v4_multicast_option(Descriptor socket, int name, int value) {
  if (value < 0 || value > 255) return UV_EINVAL;
  return set_socket_option(socket, IPPROTO_IP, name, static_cast<unsigned char>(value));
}

// No socket keeps them.
int keep_answered_errors(Descriptor, int) {
  return 0;
}
int take_queued_error(Descriptor) {
  return 0;
}

}  // namespace violet
