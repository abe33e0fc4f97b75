#include "handle/signal.h"

using violet::Signal;
using violet::view;

int uv_signal_init(uv_loop_t* loop, uv_signal_t* handle) {
  return violet::init_signal(violet::loop_of(loop), handle);
}

int uv_signal_start(uv_signal_t* handle, uv_signal_cb signal_cb, int signum) {
  return start(view<Signal>(handle), signal_cb, signum, false);
}

int uv_signal_start_oneshot(uv_signal_t* handle, uv_signal_cb signal_cb, int signum) {
  return start(view<Signal>(handle), signal_cb, signum, true);
}

int uv_signal_stop(uv_signal_t* handle) {
  stop(view<Signal>(handle));
  return 0;
}
