#include "os/address.h"

#include <arpa/inet.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"
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

int format_address(int family, const void* address, char* text, std::size_t size) {
  return inet_ntop(family, address, text, static_cast<socklen_t>(size)) != nullptr ? 0
                                                                                   : last_error();
}

}  // namespace violet
