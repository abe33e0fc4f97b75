// As os/posix/source_membership.h, for addresses that say how long they are.
#pragma once

#include "os/posix/source_membership.h"

namespace violet {

inline sockaddr_in6 with_length(const sockaddr_in6& address) {
  sockaddr_in6 complete = address;
  complete.sin6_len = sizeof(complete);
  return complete;
}

inline int change_any_source(Descriptor socket, const InternetAddress& group,
                             const InternetAddress& interface, const InternetAddress& source,
                             bool join) {
  if (group.any.sa_family == AF_INET) {
    return change_v4_source(socket, group.v4, interface.v4, source.v4, join);
  }
  return change_v6_source(socket, with_length(group.v6), interface.v6.sin6_scope_id,
                          with_length(source.v6), join);
}

}  // namespace violet
