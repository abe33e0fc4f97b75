/*
 * A repeat value set in the timer's callback counts from the repetition after the next: the next
 * one is scheduled already when the callback runs.
 *
 * rules: TIMER-16
 * total: ran(due=3), ran(due=50), repeat(value=0)
 */
#include "trace.h"

static uv_timer_t timer;
static int runs;

static void on_timer(uv_timer_t* handle) {
  trace_int("ran", "due", (long long)uv_timer_get_due_in(handle));
  if (++runs == 1) {
    uv_timer_set_repeat(handle, 50);
    return;
  }
  uv_timer_set_repeat(handle, 0);
  must(uv_timer_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 1, 3));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("repeat", "value", (long long)uv_timer_get_repeat(&timer));
}
