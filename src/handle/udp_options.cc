#include "handle/udp_parts.h"
#include "os/datagram.h"

namespace violet {
namespace {

bool is_membership(int membership) {
  return membership == UV_JOIN_GROUP || membership == UV_LEAVE_GROUP;
}

// Several programs of one machine may listen to the same group, so the address is bound to be
// shared.
int ensure_bound_for_group(Udp& udp, const char* group) {
  int family = group_family(group);
  return family < 0 ? family : ensure_bound(udp, family, UV_UDP_REUSEADDR);
}

}  // namespace

int udp_set_broadcast(Udp& udp, bool enable) {
  return is_open(udp) ? set_broadcast(udp.channel.descriptor, enable) : UV_EBADF;
}

int udp_set_ttl(Udp& udp, int ttl) {
  if (ttl < 1 || ttl > 255) return UV_EINVAL;
  return is_open(udp) ? set_unicast_ttl(udp.channel.descriptor, ttl) : UV_EBADF;
}

int udp_set_multicast_ttl(Udp& udp, int ttl) {
  if (ttl < 0 || ttl > 255) return UV_EINVAL;
  return is_open(udp) ? set_multicast_ttl(udp.channel.descriptor, ttl) : UV_EBADF;
}

int udp_set_multicast_loop(Udp& udp, int value) {
  return is_open(udp) ? set_multicast_loop(udp.channel.descriptor, value) : UV_EBADF;
}

int udp_set_multicast_interface(Udp& udp, const char* interface_address) {
  if (!is_open(udp)) return is_interface(interface_address) ? UV_EBADF : UV_EINVAL;
  return set_multicast_interface(udp.channel.descriptor, interface_address);
}

int udp_set_membership(Udp& udp, const char* group, const char* interface_address, int membership) {
  if (!is_membership(membership)) return UV_EINVAL;
  if (int error = ensure_bound_for_group(udp, group); error != 0) return error;
  return change_membership(udp.channel.descriptor, group, interface_address,
                           membership == UV_JOIN_GROUP);
}

int udp_set_source_membership(Udp& udp, const char* group, const char* interface_address,
                              const char* source, int membership) {
  if (!is_membership(membership)) return UV_EINVAL;
  if (int error = ensure_bound_for_group(udp, group); error != 0) return error;
  return change_source_membership(udp.channel.descriptor, group, interface_address, source,
                                  membership == UV_JOIN_GROUP);
}

}  // namespace violet
