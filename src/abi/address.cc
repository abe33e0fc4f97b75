#include <cstdint>
#include <cstring>

#include "os/address.h"
#include "os/network_interfaces.h"
#include "uv.h"

int uv_inet_pton(int family, const char* text, void* address) {
  if (address == nullptr) return UV_EINVAL;
  if (family == AF_INET) return violet::parse_ipv4(text, address);
  if (family != AF_INET6) return UV_EAFNOSUPPORT;
  const char* zone = nullptr;
  return violet::parse_ipv6(text, address, zone);
}

int uv_inet_ntop(int family, const void* address, char* text, size_t size) {
  if (family != AF_INET && family != AF_INET6) return UV_EAFNOSUPPORT;
  return violet::format_address(family, address, text, size);
}

int uv_ip4_addr(const char* text, int port, struct sockaddr_in* address) {
  std::memset(address, 0, sizeof(*address));
  violet::note_length(reinterpret_cast<sockaddr*>(address), sizeof(*address));
  address->sin_family = AF_INET;
  address->sin_port = htons(static_cast<std::uint16_t>(port));
  return uv_inet_pton(AF_INET, text, &address->sin_addr);
}

int uv_ip6_addr(const char* text, int port, struct sockaddr_in6* address) {
  std::memset(address, 0, sizeof(*address));
  violet::note_length(reinterpret_cast<sockaddr*>(address), sizeof(*address));
  address->sin6_family = AF_INET6;
  address->sin6_port = htons(static_cast<std::uint16_t>(port));
  const char* zone = nullptr;
  if (int error = violet::parse_ipv6(text, &address->sin6_addr, zone); error < 0) return error;
  if (zone != nullptr) address->sin6_scope_id = violet::interface_index(zone);
  return 0;
}

int uv_ip4_name(const struct sockaddr_in* address, char* text, size_t size) {
  return uv_inet_ntop(AF_INET, &address->sin_addr, text, size);
}

int uv_ip6_name(const struct sockaddr_in6* address, char* text, size_t size) {
  return uv_inet_ntop(AF_INET6, &address->sin6_addr, text, size);
}

int uv_ip_name(const struct sockaddr* address, char* text, size_t size) {
  if (address->sa_family == AF_INET) {
    return uv_ip4_name(reinterpret_cast<const sockaddr_in*>(address), text, size);
  }
  if (address->sa_family == AF_INET6) {
    return uv_ip6_name(reinterpret_cast<const sockaddr_in6*>(address), text, size);
  }
  return UV_EAFNOSUPPORT;
}
