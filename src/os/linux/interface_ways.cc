#include "os/posix/interface_ways.h"

#include <linux/if_packet.h>
#include <sys/socket.h>

#include <cstring>

namespace violet {

const void* hardware_address(const ifaddrs& entry) {
  if (entry.ifa_addr == nullptr || entry.ifa_addr->sa_family != AF_PACKET) return nullptr;
  return reinterpret_cast<const sockaddr_ll*>(entry.ifa_addr)->sll_addr;
}

void copy_interface_address(const sockaddr& source, int family, void* target) {
  std::memcpy(target, &source, family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
}

}  // namespace violet
