/*
 * uv_timer_get_due_in() counts from uv_now(), and is 0 for a timer that is overdue.
 *
 * rules: TIMER-20, TIMER-21
 * total: due(ms=30), stale(ms=30), overdue(ms=0), now(moved=1)
 */
#include "trace.h"

static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
}

static void scenario(uv_loop_t* loop) {
  uint64_t start = uv_hrtime();
  uint64_t now = uv_now(loop);
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 30, 0));
  trace_int("due", "ms", (long long)uv_timer_get_due_in(&timer));
  while (uv_hrtime() - start < 40000000) {
  }
  check(uv_now(loop) == now);
  trace_int("stale", "ms", (long long)uv_timer_get_due_in(&timer));
  uv_update_time(loop);
  trace_int("overdue", "ms", (long long)uv_timer_get_due_in(&timer));
  trace_int("now", "moved", uv_now(loop) - now >= 39);
}
