#pragma once

#include <atomic>

#include "core/loop.h"

namespace violet {

// `signalled` is the only member that other threads touch, together with the loop's queue of
// signalled items. While it is true the item is in that queue, or on its way into it.
struct Async {
  using Public = uv_async_t;

  Handle handle;
  SignalledItem item;
  HandleTail tail;
  uv_async_cb callback;
  std::atomic<bool> signalled;
};

static_assert(offsetof(Async, tail) == kHandleTailOffset);

void init_async(Loop& loop, uv_async_t* async, uv_async_cb callback);
// Any thread, signal handlers too.
void send(Async& async);

}  // namespace violet
