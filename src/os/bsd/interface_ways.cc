#include "os/posix/interface_ways.h"

#include <sys/types.h>

#include <net/if_dl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace violet {
namespace {

constexpr std::size_t kHardwareAddressSize = 6;

// The kernel keeps the link of an address that means something on one link only inside of it, and
// some systems show it there.
void move_link_out(sockaddr_in6& address) {
  unsigned char* bytes = address.sin6_addr.s6_addr;
  const bool is_inside = IN6_IS_ADDR_LINKLOCAL(&address.sin6_addr) && (bytes[2] | bytes[3]) != 0;
  if (!is_inside) return;
  if (address.sin6_scope_id == 0) {
    address.sin6_scope_id = static_cast<std::uint32_t>(bytes[2] << 8 | bytes[3]);
  }
  bytes[2] = bytes[3] = 0;
}

}  // namespace

const void* hardware_address(const ifaddrs& entry) {
  if (entry.ifa_addr == nullptr || entry.ifa_addr->sa_family != AF_LINK) return nullptr;
  const auto* link = reinterpret_cast<const sockaddr_dl*>(entry.ifa_addr);
  // A tunnel's is empty. The name comes first, without a zero.
  return link->sdl_alen == kHardwareAddressSize ? link->sdl_data + link->sdl_nlen : nullptr;
}

// A mask may be cut behind its last byte that is not zero, and know no family.
void copy_interface_address(const sockaddr& source, int family, void* target) {
  const std::size_t whole = family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  std::memset(target, 0, whole);
  std::memcpy(target, &source, std::min<std::size_t>(source.sa_len, whole));
  auto* copy = static_cast<sockaddr*>(target);
  copy->sa_len = static_cast<unsigned char>(whole);
  copy->sa_family = static_cast<sa_family_t>(family);
  if (family == AF_INET6) move_link_out(*static_cast<sockaddr_in6*>(target));
}

}  // namespace violet
