// The timers phase.
#include <cstddef>

#include "core/loop.h"
#include "core/loop_phases.h"

namespace violet {
namespace {

TimerItem& item_of(const TimerHeap::Entry& entry) {
  return object_from_member<TimerItem>(entry.index, offsetof(TimerItem, heap_index));
}

}  // namespace

bool start_timer(Loop& loop, TimerItem& item, std::uint64_t due_ms) {
  if (item.started()) {
    loop.timers.update(item.heap_index, due_ms, loop.next_start_order++);
    return true;
  }
  if (!loop.timers.insert({due_ms, loop.next_start_order, &item.heap_index})) return false;
  ++loop.next_start_order;
  return true;
}

void stop_timer(Loop& loop, TimerItem& item) {
  if (item.started()) loop.timers.remove(item.heap_index);
}

std::uint64_t due_after_ms(const Loop& loop, std::uint64_t delay_ms) {
  const std::uint64_t now_ms = time_ms(loop);
  return delay_ms > UINT64_MAX - now_ms ? UINT64_MAX : now_ms + delay_ms;
}

void run_timers(Loop& loop) {
  // What a callback starts is for the next pass, even when it is due at once: otherwise a timer
  // that restarts itself with a zero timeout would keep the loop from everything else.
  const std::uint64_t first_new = loop.next_start_order;
  const std::uint64_t now = time_ms(loop);
  while (!loop.timers.empty()) {
    const TimerHeap::Entry& first = loop.timers.first();
    if (first.due_ms > now || first.start_order >= first_new) break;
    TimerItem& item = item_of(first);
    loop.timers.remove(item.heap_index);
    loop.timers_ran = true;
    item.expired(item, loop);
  }
}

}  // namespace violet
