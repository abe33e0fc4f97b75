#include "handle/timer.h"

using violet::Timer;
using violet::view;

int uv_timer_init(uv_loop_t* loop, uv_timer_t* handle) {
  violet::init_timer(violet::loop_of(loop), handle);
  return 0;
}

int uv_timer_start(uv_timer_t* handle, uv_timer_cb cb, uint64_t timeout, uint64_t repeat) {
  return start(view<Timer>(handle), cb, timeout, repeat);
}

int uv_timer_stop(uv_timer_t* handle) {
  stop(view<Timer>(handle));
  return 0;
}

int uv_timer_again(uv_timer_t* handle) {
  return start_again(view<Timer>(handle));
}

void uv_timer_set_repeat(uv_timer_t* handle, uint64_t repeat) {
  view<Timer>(handle).repeat_ms = repeat;
}

uint64_t uv_timer_get_repeat(const uv_timer_t* handle) {
  return view<Timer>(handle).repeat_ms;
}

uint64_t uv_timer_get_due_in(const uv_timer_t* handle) {
  return due_in_ms(view<Timer>(handle));
}
