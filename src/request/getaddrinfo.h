// Looking up the addresses of a name.
#pragma once

#include "request/pool_request.h"

namespace violet {

// Copies of what the caller asked for, in one piece of memory.
struct LookupQuery;

struct AddressLookup {
  using Public = uv_getaddrinfo_t;
  // Up to the public field behind.
  static constexpr std::size_t kUnusedSize =
      (UV_RESERVED_GETADDRINFO - 2) * sizeof(void*) - sizeof(int);

  RequestHeader header;
  RequestSpace<WorkItem> space;
  uv_loop_t* public_loop;
  uv_getaddrinfo_cb callback;
  LookupQuery* query;
  int status;
  unsigned char unused[kUnusedSize];
  struct addrinfo* addresses;
};

static_assert(offsetof(AddressLookup, public_loop) == offsetof(uv_getaddrinfo_t, loop));
static_assert(offsetof(AddressLookup, addresses) == offsetof(uv_getaddrinfo_t, addrinfo));

// Node or service may be null, not both. Without a callback the result is there on return, and no
// loop is needed.
int look_up_addresses(uv_loop_t* loop, AddressLookup& request, const char* node,
                      const char* service, const struct addrinfo* hints,
                      uv_getaddrinfo_cb callback);

}  // namespace violet
