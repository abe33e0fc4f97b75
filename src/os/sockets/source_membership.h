// Joining and leaving the messages of one source, for systems that know sources.
#pragma once

#include <cstring>

#include "os/sockets/internet_address.h"
#include "os/sockets/socket_option.h"

namespace violet {

inline int change_v4_source(Descriptor socket, const sockaddr_in& group, const sockaddr_in& own,
                            const sockaddr_in& source, bool join) {
  ip_mreq_source request = {};
  request.imr_multiaddr = group.sin_addr;
  request.imr_interface = own.sin_addr;
  request.imr_sourceaddr = source.sin_addr;
  return set_socket_option(socket, IPPROTO_IP,
                           join ? IP_ADD_SOURCE_MEMBERSHIP : IP_DROP_SOURCE_MEMBERSHIP, request);
}

// Some systems ask the addresses for their own sizes: those of the arguments have them there.
inline int change_v6_source(Descriptor socket, const sockaddr_in6& group, unsigned int own,
                            const sockaddr_in6& source, bool join) {
  group_source_req request = {};
  request.gsr_interface = own;
  std::memcpy(&request.gsr_group, &group, sizeof(group));
  std::memcpy(&request.gsr_source, &source, sizeof(source));
  return set_socket_option(socket, IPPROTO_IPV6,
                           join ? MCAST_JOIN_SOURCE_GROUP : MCAST_LEAVE_SOURCE_GROUP, request);
}

}  // namespace violet
