// Random bytes in the background.
#pragma once

#include "request/pool_request.h"

namespace violet {

struct Random {
  using Public = uv_random_t;

  RequestHeader header;
  RequestSpace<WorkItem> space;
  uv_loop_t* public_loop;
  uv_random_cb callback;
  void* buffer;
  std::size_t size;
  int status;
};

static_assert(offsetof(Random, public_loop) == offsetof(uv_random_t, loop));

int fill_random_later(Loop& loop, Random& request, void* buffer, std::size_t size,
                      uv_random_cb callback);

}  // namespace violet
