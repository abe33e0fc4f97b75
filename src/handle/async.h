#pragma once

#include <atomic>
#include <cstdint>

#include "core/loop.h"

namespace violet {

// `sends` is all that other threads touch, together with the loop's queue of signalled items. While
// it is not 0 the item is in that queue, or on its way into it.
struct Async {
  using Public = uv_async_t;

  // Not a count any more: senders leave without a barrier, and the loop makes one for them. Set by
  // a sender, taken back by the loop's thread only.
  static constexpr std::uint32_t kSentOften = std::uint32_t{1} << 31;
  // From so many sends on kSentOften is set. A barrier of the process takes as long as some 50
  // atomic operations while no other thread runs, and as some 2,000 while one does.
  static constexpr std::uint32_t kManySends = 2000;

  Handle handle;
  SignalledItem item;
  HandleTail tail;
  uv_async_cb callback;
  std::atomic<std::uint32_t> sends;  // since the last turn
};

static_assert(offsetof(Async, tail) == kHandleTailOffset);

void init_async(Loop& loop, uv_async_t* async, uv_async_cb callback);

// There were kManySends since the last turn.
void note_many_sends(Async& async);

// Any thread, signal handlers too.
//
// What the caller wrote has to be visible to the callback that follows. A plain load does not do: a
// processor may load before what was written earlier is visible, so the callback that is just then
// beginning would miss that, and no other would follow (bench/litmus/async_send.cc). The atomic
// operation is a barrier; it counts too, for a store behind it would hold up the barrier of the
// next send. Where one send of very many brings a turn, it is the loop that makes the barrier, on
// the senders' processors, too: a sender that still sees kSentOften has loaded before that, and
// what it wrote before the load is visible after it.
inline void send(Async& async) {
  // The compiler, too, keeps the order.
  std::atomic_signal_fence(std::memory_order_seq_cst);
  if ((async.sends.load(std::memory_order_relaxed) & Async::kSentOften) != 0) [[likely]]
    return;
  const std::uint32_t before = async.sends.fetch_add(1, std::memory_order_acq_rel);
  if (before == 0) return signal(loop_of(async.handle), async.item);
  if (before >= Async::kManySends) note_many_sends(async);
}

}  // namespace violet
