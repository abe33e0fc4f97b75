/*
 * What close callbacks took is in uv_now() when uv_run() returns, where timers run at the end of an
 * iteration; in the older order the loop looks at the clock when the next one begins.
 *
 * rules: RUN-26
 * differs: libuv 1.45 moved the timers, and with them this look at the clock
 * [timers-last] total: closed, moved(yes=1)
 * [timers-first] total: closed, moved(yes=0)
 */
#include "trace.h"

static uv_timer_t timer;
static uint64_t closed_at;

static void on_closed(uv_handle_t* handle) {
  uint64_t begin = uv_hrtime();
  closed_at = uv_now(handle->loop);
  while (uv_hrtime() - begin < 3000000) {
  }
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  uv_close((uv_handle_t*)&timer, on_closed);
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace_int("moved", "yes", uv_now(loop) > closed_at);
}
