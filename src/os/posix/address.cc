#include "os/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "os/network_interfaces.h"
#include "uv.h"

namespace violet {

static_assert(kAddressTextSize == INET6_ADDRSTRLEN);

int parse_ipv4(const char* text, void* address) {
  return text != nullptr && inet_pton(AF_INET, text, address) == 1 ? 0 : UV_EINVAL;
}

int parse_ipv6(const char* text, void* address, const char*& zone) {
  if (text == nullptr) return UV_EINVAL;
  char bare[kAddressTextSize];
  const std::size_t length = std::strcspn(text, "%");
  if (length >= sizeof(bare)) return UV_EINVAL;
  std::memcpy(bare, text, length);
  bare[length] = '\0';
  zone = text[length] == '\0' ? nullptr : text + length + 1;
  return inet_pton(AF_INET6, bare, address) == 1 ? 0 : UV_EINVAL;
}

const sockaddr* with_link(const sockaddr* address, sockaddr_in6& completed) {
  if (address == nullptr || address->sa_family != AF_INET6) return address;
  const auto* given = reinterpret_cast<const sockaddr_in6*>(address);
  if (given->sin6_scope_id != 0 || !IN6_IS_ADDR_LINKLOCAL(&given->sin6_addr)) return address;
  completed = *given;
  completed.sin6_scope_id = first_link_local_interface();
  return reinterpret_cast<const sockaddr*>(&completed);
}

int format_address(int family, const void* address, char* text, std::size_t size) {
  return inet_ntop(family, address, text, static_cast<socklen_t>(size)) != nullptr ? 0
                                                                                   : last_error();
}

}  // namespace violet
