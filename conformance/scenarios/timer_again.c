/*
 * uv_timer_again() starts a timer with its repeat value; it fails on a timer never started, and
 * leaves a timer without repeat alone.
 *
 * rules: TIMER-13, TIMER-14, TIMER-15
 * total: never-started(status=EINVAL), no-repeat(active=1), again(due=20), ran
 */
#include "trace.h"

static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  trace("ran");
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  trace_status("never-started", uv_timer_again(&timer));
  must(uv_timer_start(&timer, on_timer, 1000, 0));
  must(uv_timer_again(&timer));
  trace_int("no-repeat", "active",
            uv_is_active((uv_handle_t*)&timer) && uv_timer_get_due_in(&timer) == 1000);
  uv_timer_set_repeat(&timer, 20);
  must(uv_timer_again(&timer));
  trace_int("again", "due", (long long)uv_timer_get_due_in(&timer));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
