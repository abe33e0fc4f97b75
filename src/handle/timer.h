#pragma once

#include "core/loop.h"

namespace violet {

struct Timer {
  using Public = uv_timer_t;

  Handle handle;
  TimerItem item;
  std::uint64_t due_ns;
  HandleTail tail;
  uv_timer_cb callback;
  void* unused[3];
  std::uint64_t due_ms;  // for programs
  std::uint64_t repeat_ms;
};

static_assert(offsetof(Timer, tail) == kHandleTailOffset);

void init_timer(Loop& loop, uv_timer_t* timer);
int start(Timer& timer, uv_timer_cb callback, std::uint64_t timeout_ms, std::uint64_t repeat_ms);
void stop(Timer& timer);
int start_again(Timer& timer);
// Milliseconds until it is due, rounded down; 0 when it is overdue or not started.
std::uint64_t due_in_ms(const Timer& timer);

}  // namespace violet
