/*
 * A loop that waits for a timer sleeps until it is due; it does not go round in the last fraction
 * of a millisecond.
 *
 * rules: RUN-27
 * total: due(slept=1), due(slept=1), due(slept=1)
 */
#include "trace.h"

static uv_timer_t timer;
static uv_prepare_t prepare;
static int iterations;
static int turns;

static void on_prepare(uv_prepare_t* hook) {
  (void)hook;
  iterations++;
}

static void on_timer(uv_timer_t* handle) {
  trace_int("due", "slept", iterations <= 4);
  iterations = 0;
  if (++turns < 3) {
    must(uv_timer_start(handle, on_timer, 5, 0));
  } else {
    must(uv_prepare_stop(&prepare));
  }
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 5, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
