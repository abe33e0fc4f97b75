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
//
// A plain load could tell for half the time that the handle is signalled already. But a processor
// may load before what the sender wrote earlier is visible: the callback under way would miss that,
// and no other would follow (bench/litmus/async_send.cc).
inline void send(Async& async) {
  if (async.signalled.exchange(true, std::memory_order_acq_rel)) return;
  signal(loop_of(async.handle), async.item);
}

}  // namespace violet
