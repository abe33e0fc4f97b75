/*
 * Timers that are due in the same millisecond of uv_now() run in the order of their starts,
 * although the first was started late in its millisecond and the second early in its own.
 *
 * rules: TIMER-03
 * total: first, second
 */
#include "trace.h"

static uv_timer_t first;
static uv_timer_t second;

static void on_timer(uv_timer_t* handle) {
  trace(handle == &first ? "first" : "second");
}

/* Until the clock has come to this part of a millisecond. */
static void await_part(uint64_t nanoseconds) {
  while (uv_hrtime() % 1000000 / 100000 != nanoseconds / 100000) {
  }
}

/* The first is started late in a millisecond, the second early in the next one. */
static int start_both(uv_loop_t* loop) {
  uint64_t before;
  await_part(800000);
  uv_update_time(loop);
  before = uv_now(loop);
  must(uv_timer_start(&first, on_timer, 100, 0));
  await_part(200000);
  uv_update_time(loop);
  must(uv_timer_start(&second, on_timer, 99, 0));
  return uv_now(loop) == before + 1;
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &first));
  must(uv_timer_init(loop, &second));
  while (!start_both(loop)) {
    must(uv_timer_stop(&first));
    must(uv_timer_stop(&second));
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
}
