#include "os/address.h"

#include <cstring>

#include "os/network_interfaces.h"
#include "os/sockets/internet_address.h"
#include "os/sockets/socket_ways.h"

namespace violet {

int parse_ipv4(const char* text, void* address) {
  if (text == nullptr || start_sockets() != 0) return UV_EINVAL;
  return inet_pton(AF_INET, text, address) == 1 ? 0 : UV_EINVAL;
}

int parse_ipv6(const char* text, void* address, const char*& zone) {
  if (text == nullptr || start_sockets() != 0) return UV_EINVAL;
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
  // Not every system has an error of its own for a text that does not fit.
  char whole[kAddressTextSize];
  if (inet_ntop(family, const_cast<void*>(address), whole, sizeof(whole)) == nullptr) {
    return UV_EINVAL;
  }
  const std::size_t length = std::strlen(whole);
  if (length >= size) return UV_ENOSPC;
  std::memcpy(text, whole, length + 1);
  return 0;
}

}  // namespace violet
