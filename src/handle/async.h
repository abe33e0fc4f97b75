#pragma once

#include <atomic>
#include <cstdint>

#include "core/loop.h"

namespace violet {

// `signals` and `vain_sends` are all that other threads touch, together with the loop's queue of
// signalled items. While kSent stands the item is in that queue, or on its way into it.
struct Async {
  using Public = uv_async_t;

  static constexpr std::uint32_t kSent = 1;
  // Beside kSent: senders leave without a barrier, and the loop makes one for them. Set by a
  // sender, taken back by the loop's thread only.
  static constexpr std::uint32_t kSentOften = 2;

  Handle handle;
  SignalledItem item;
  HandleTail tail;
  uv_async_cb callback;
  std::atomic<std::uint32_t> signals;
  std::atomic<std::uint32_t> vain_sends;  // since the last turn; concurrent ones may count as one
};

static_assert(offsetof(Async, tail) == kHandleTailOffset);

void init_async(Loop& loop, uv_async_t* async, uv_async_cb callback);

// The handle was signalled already.
void note_vain_send(Async& async);

// Any thread, signal handlers too.
//
// What the caller wrote has to be visible to the callback that follows. A plain load of kSent does
// not do: a processor may load before what was written earlier is visible, so the callback that is
// just then beginning would miss that, and no other would follow (bench/litmus/async_send.cc). The
// atomic operation is a barrier. Where one send of very many brings a turn, it is the loop that
// makes the barrier, on the senders' processors, too: a sender that still sees kSentOften has
// loaded before that, and what it wrote before the load is visible after it.
inline void send(Async& async) {
  // The compiler, too, keeps the order.
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if ((async.signals.load(std::memory_order_relaxed) & Async::kSentOften) != 0) return;
  const std::uint32_t before = async.signals.fetch_or(Async::kSent, std::memory_order_acq_rel);
  if ((before & Async::kSent) != 0) return note_vain_send(async);
  signal(loop_of(async.handle), async.item);
}

}  // namespace violet
