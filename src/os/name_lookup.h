// The system's resolver. These calls block, for a long time when a name server does not answer.
#pragma once

#include <uv.h>

#include <cstddef>

namespace violet {

// `addresses` is null unless it returns 0; free it with free_addresses(). 0, UV_EAI_* or another
// negative UV_E*.
int look_up_name(const char* node, const char* service, const struct addrinfo* hints,
                 struct addrinfo*& addresses);
void free_addresses(struct addrinfo* addresses);

struct NameBuffers {
  char* host;
  std::size_t host_size;
  char* service;
  std::size_t service_size;
};

int look_up_address(const struct sockaddr* address, int flags, const NameBuffers& names);

}  // namespace violet
