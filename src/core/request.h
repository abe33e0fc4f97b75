// What all requests have in common: the header at their front, and being counted by the loop.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>

#include "core/handle.h"

namespace violet {

// Overlays the front of every public request.
struct RequestHeader {
  void* data;
  uv_req_type type;
  std::uint32_t state;  // the request type's own
};

inline constexpr std::size_t kRequestRoom = sizeof(uv_req_t) - sizeof(RequestHeader);

// The private space that every request has after its header, taken by a `Content`. It has the size
// of the public struct's reserved bytes, so that what follows lies at its public offset.
template <typename Content>
union RequestSpace {
  Content content;
  unsigned char reserved[kRequestRoom];

  static_assert(sizeof(Content) <= kRequestRoom);
};

// A request counts as active from its start until just before its callback runs; while one is
// active the loop stays alive.
void begin_request(Loop& loop, RequestHeader& request, uv_req_type type);
void end_request(Loop& loop);
// The same for something to wait for that is no request of the program's; end_request() ends it.
void hold_loop(Loop& loop);

}  // namespace violet
