/*
 * A timer's time counts from the loop's cached time, not from the clock: after a long callback it
 * is due sooner than asked for.
 *
 * rules: TIMER-22
 * total: due(ms=10), passed(less=1), ran
 */
#include "trace.h"

static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("ran");
}

static void scenario(uv_loop_t* loop) {
  uint64_t start = uv_hrtime();
  while (uv_hrtime() - start < 15000000) {
  }
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 10, 0));
  trace_int("due", "ms", (long long)uv_timer_get_due_in(&timer));
  uv_update_time(loop);
  trace_int("passed", "less", uv_timer_get_due_in(&timer) == 0);
  must(uv_run(loop, UV_RUN_NOWAIT));
}
