/*
 * Repetitions that were missed while a callback was busy are not made up for: one timer phase runs
 * the timer once, and the next due time counts from then.
 *
 * rules: TIMER-11, TIMER-12
 * total: repeat(due=5), check
 */
#include "trace.h"

static uv_timer_t repeating;
static uv_idle_t idle;
static uv_check_t check_handle;

static void on_repeat(uv_timer_t* handle) {
  trace_int("repeat", "due", (long long)uv_timer_get_due_in(handle));
}

static void on_idle(uv_idle_t* handle) {
  (void)handle;
}

static void on_check(uv_check_t* handle) {
  trace("check");
  must(uv_check_stop(handle));
  must(uv_idle_stop(&idle));
  must(uv_timer_stop(&repeating));
}

static void scenario(uv_loop_t* loop) {
  uint64_t start = uv_hrtime();
  must(uv_timer_init(loop, &repeating));
  must(uv_idle_init(loop, &idle));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_start(&repeating, on_repeat, 5, 5));
  while (uv_hrtime() - start < 22000000) {
  }
  /* In UV_RUN_DEFAULT the due timer runs first in every version; idle keeps the loop moving. */
  must(uv_idle_start(&idle, on_idle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
