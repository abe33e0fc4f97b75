// The addresses say how long they are.
#include "os/sockets/source_membership.h"

#include "os/sockets/socket_ways.h"

namespace violet {
namespace {

sockaddr_in6 with_length(const sockaddr_in6& address) {
  sockaddr_in6 complete = address;
  complete.sin6_len = sizeof(complete);
  return complete;
}

}  // namespace

int change_source(Descriptor socket, const InternetAddress& group, const InternetAddress& interface,
                  const InternetAddress& source, bool join) {
  if (group.any.sa_family == AF_INET) {
    return change_v4_source(socket, group.v4, interface.v4, source.v4, join);
  }
  return change_v6_source(socket, with_length(group.v6), interface.v6.sin6_scope_id,
                          with_length(source.v6), join);
}

}  // namespace violet
