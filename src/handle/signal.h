#pragma once

#include "core/loop.h"

namespace violet {

inline constexpr HandleFlags kSignalOnce = 0x2000000;  // public; see HandleFlags

struct Signal {
  using Public = uv_signal_t;

  Handle handle;
  ListNode link;           // among the loop's handles of the same signal, in start order
  std::uint64_t position;  // how many signals the loop had caught when it was started
  HandleTail tail;
  uv_signal_cb callback;
  int number;  // 0 when stopped
};

static_assert(offsetof(Signal, tail) == kHandleTailOffset);
static_assert(offsetof(Signal, callback) == offsetof(uv_signal_t, signal_cb));
static_assert(offsetof(Signal, number) == offsetof(uv_signal_t, signum));

// 0 or UV_ENOMEM.
int init_signal(Loop& loop, uv_signal_t* signal);
// On a started handle it changes the callback, and moves it if the signal is another one.
int start(Signal& signal, uv_signal_cb callback, int number, bool once);
void stop(Signal& signal);

}  // namespace violet
