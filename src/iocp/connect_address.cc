#include "iocp/connect_address.h"

namespace violet {

const sockaddr* reachable_address(const sockaddr* address, sockaddr_storage& local) {
  if (address->sa_family == AF_INET) {
    const auto* given = reinterpret_cast<const sockaddr_in*>(address);
    if (given->sin_addr.s_addr != INADDR_ANY) return address;
    auto* internet = reinterpret_cast<sockaddr_in*>(&local);
    *internet = *given;
    internet->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return reinterpret_cast<const sockaddr*>(&local);
  }
  if (address->sa_family == AF_INET6) {
    const auto* given = reinterpret_cast<const sockaddr_in6*>(address);
    if (!IN6_IS_ADDR_UNSPECIFIED(&given->sin6_addr)) return address;
    auto* internet = reinterpret_cast<sockaddr_in6*>(&local);
    *internet = *given;
    internet->sin6_addr = in6addr_loopback;
    return reinterpret_cast<const sockaddr*>(&local);
  }
  return address;
}

}  // namespace violet
