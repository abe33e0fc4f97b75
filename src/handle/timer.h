#pragma once

#include "core/loop.h"

namespace violet {

struct Timer {
  using Public = uv_timer_t;

  Handle handle;
  TimerItem item;
  std::uint64_t unused;
  HandleTail tail;
  uv_timer_cb callback;
  void* also_unused[3];
  std::uint64_t due_ms;
  std::uint64_t repeat_ms;
};

static_assert(offsetof(Timer, tail) == kHandleTailOffset);

void init_timer(Loop& loop, uv_timer_t* timer);
int start(Timer& timer, uv_timer_cb callback, std::uint64_t timeout_ms, std::uint64_t repeat_ms);
void stop(Timer& timer);
int start_again(Timer& timer);
// Milliseconds from uv_now() until it is due, or would be if it had not been stopped.
std::uint64_t due_in_ms(const Timer& timer);

}  // namespace violet
