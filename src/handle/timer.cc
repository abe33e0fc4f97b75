#include "handle/timer.h"

#include "core/call.h"

namespace violet {
namespace {

void close(Handle& handle) {
  stop(typed_from<Timer>(handle));
  finish_closing(handle);
}

constexpr HandleKind kTimerKind = {UV_TIMER, close, nullptr};

int start_at(Timer& timer, std::uint64_t delay_ms) {
  Loop& loop = loop_of(timer.handle);
  timer.due_ms = due_after_ms(loop, delay_ms);
  if (!start_timer(loop, timer.item, timer.due_ms)) return UV_ENOMEM;
  activate(timer.handle);
  return 0;
}

void on_expired(TimerItem& item, Loop&) {
  Timer& timer = object_from_member<Timer>(&item, offsetof(Timer, item));
  deactivate(timer.handle);
  // Restarted before the callback, so that the callback can stop it. The heap has room: the timer
  // has just left it.
  if (timer.repeat_ms != 0) start_at(timer, timer.repeat_ms);
  call_program(CallbackKind::kTimer, timer.callback, public_handle(timer));
}

}  // namespace

void init_timer(Loop& loop, uv_timer_t* public_timer) {
  Timer& timer = init_typed_handle<Timer>(loop, public_timer, kTimerKind);
  timer.item.heap_index = TimerHeap::kNotInHeap;
  timer.item.expired = on_expired;
}

int start(Timer& timer, uv_timer_cb callback, std::uint64_t timeout_ms, std::uint64_t repeat_ms) {
  if (timer.handle.has(kClosing) || callback == nullptr) return UV_EINVAL;
  if (int error = start_at(timer, timeout_ms); error != 0) return error;
  timer.callback = callback;
  timer.repeat_ms = repeat_ms;
  return 0;
}

void stop(Timer& timer) {
  stop_timer(loop_of(timer.handle), timer.item);
  deactivate(timer.handle);
}

int start_again(Timer& timer) {
  if (timer.callback == nullptr) return UV_EINVAL;
  // A closing timer stays stopped: its memory goes back to the user soon.
  if (timer.repeat_ms == 0 || timer.handle.has(kClosing)) return 0;
  return start_at(timer, timer.repeat_ms);
}

std::uint64_t due_in_ms(const Timer& timer) {
  const std::uint64_t now_ms = time_ms(loop_of(timer.handle));
  return timer.due_ms > now_ms ? timer.due_ms - now_ms : 0;
}

}  // namespace violet
