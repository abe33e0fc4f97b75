// Looking up the name of an address.
#pragma once

#include "request/pool_request.h"

namespace violet {

struct NameLookup {
  using Public = uv_getnameinfo_t;

  RequestHeader header;
  RequestSpace<WorkItem> space;
  uv_loop_t* public_loop;
  uv_getnameinfo_cb callback;
  struct sockaddr_storage address;
  int flags;
  int status;
  // `host` and `service` are public; what lies between is unused.

  char* host() { return reinterpret_cast<Public*>(this)->host; }
  char* service() { return reinterpret_cast<Public*>(this)->service; }
};

static_assert(offsetof(NameLookup, public_loop) == offsetof(uv_getnameinfo_t, loop));
static_assert(sizeof(NameLookup) <= offsetof(uv_getnameinfo_t, host));

// UV_EINVAL for a family other than IPv4 and IPv6. Without a callback the result is there on
// return, and no loop is needed.
int look_up_name_of(uv_loop_t* loop, NameLookup& request, const struct sockaddr* address, int flags,
                    uv_getnameinfo_cb callback);

}  // namespace violet
