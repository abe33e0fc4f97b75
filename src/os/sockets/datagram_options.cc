// Hops, broadcast and multicast.
#include "os/address.h"
#include "os/datagram.h"
#include "os/network_interfaces.h"
#include "os/sockets/socket_option.h"
#include "os/sockets/socket_ways.h"

namespace violet {
namespace {

// With the scope of an IPv6 address ("fe80::1%eth0").
int parse_address(const char* text, InternetAddress& address) {
  address = {};
  address.any.sa_family = AF_INET;
  if (parse_ipv4(text, &address.v4.sin_addr) == 0) return 0;
  address = {};
  address.any.sa_family = AF_INET6;
  const char* zone = nullptr;
  if (int error = parse_ipv6(text, &address.v6.sin6_addr, zone); error != 0) return error;
  if (zone != nullptr) address.v6.sin6_scope_id = interface_index(zone);
  return 0;
}

// A null text is any address of the family. UV_EINVAL for an address of another family.
int parse_interface(const char* text, int family, InternetAddress& address) {
  address = {};
  address.any.sa_family = static_cast<decltype(address.any.sa_family)>(family);
  if (text == nullptr) return 0;
  if (int error = parse_address(text, address); error != 0) return error;
  return address.any.sa_family == family ? 0 : UV_EINVAL;
}

bool is_v6(Descriptor socket) {
  return family_of_socket(socket) == AF_INET6;
}

}  // namespace

int set_broadcast(Descriptor socket, bool enable) {
  return set_int_option(socket, SOL_SOCKET, SO_BROADCAST, enable ? 1 : 0);
}

int set_unicast_ttl(Descriptor socket, int ttl) {
  return is_v6(socket) ? set_int_option(socket, IPPROTO_IPV6, IPV6_UNICAST_HOPS, ttl)
                       : set_int_option(socket, IPPROTO_IP, IP_TTL, ttl);
}

int set_multicast_ttl(Descriptor socket, int ttl) {
  return is_v6(socket) ? set_int_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, ttl)
                       : set_v4_multicast_option(socket, IP_MULTICAST_TTL, ttl);
}

int set_multicast_loop(Descriptor socket, int value) {
  if (value < 0 || value > 255) return UV_EINVAL;
  return is_v6(socket) ? set_int_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, value)
                       : set_v4_multicast_option(socket, IP_MULTICAST_LOOP, value != 0 ? 1 : 0);
}

bool is_interface(const char* interface_address) {
  InternetAddress address;
  return interface_address == nullptr || parse_address(interface_address, address) == 0;
}

int set_multicast_interface(Descriptor socket, const char* interface_address) {
  InternetAddress address = {};
  address.any.sa_family = is_v6(socket) ? AF_INET6 : AF_INET;
  if (interface_address != nullptr) {
    if (int error = parse_address(interface_address, address); error != 0) return error;
  }
  if (address.any.sa_family == AF_INET6) {
    return set_int_option(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF,
                          static_cast<int>(address.v6.sin6_scope_id));
  }
  return set_socket_option(socket, IPPROTO_IP, IP_MULTICAST_IF, address.v4.sin_addr);
}

int group_family(const char* group) {
  InternetAddress address;
  if (parse_address(group, address) != 0) return UV_EINVAL;
  return address.any.sa_family;
}

int change_membership(Descriptor socket, const char* group, const char* interface_address,
                      bool join) {
  InternetAddress wanted, own;
  if (parse_address(group, wanted) != 0) return UV_EINVAL;
  if (parse_interface(interface_address, wanted.any.sa_family, own) != 0) return UV_EINVAL;
  if (wanted.any.sa_family == AF_INET) {
    const ip_mreq request = {wanted.v4.sin_addr, own.v4.sin_addr};
    return set_socket_option(socket, IPPROTO_IP, join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP,
                             request);
  }
  const ipv6_mreq request = {wanted.v6.sin6_addr, own.v6.sin6_scope_id};
  return set_socket_option(socket, IPPROTO_IPV6, join ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP,
                           request);
}

int change_source_membership(Descriptor socket, const char* group, const char* interface_address,
                             const char* source, bool join) {
  InternetAddress wanted, own, sender;
  if (parse_address(group, wanted) != 0) return UV_EINVAL;
  const int family = wanted.any.sa_family;
  if (parse_interface(interface_address, family, own) != 0) return UV_EINVAL;
  if (source == nullptr || parse_interface(source, family, sender) != 0) return UV_EINVAL;
  return change_source(socket, wanted, own, sender, join);
}

}  // namespace violet
