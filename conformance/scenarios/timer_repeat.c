/*
 * A repeating timer runs again and again until it is stopped, and is active in its own callback; a
 * timer without repeat is not.
 *
 * rules: TIMER-08, TIMER-10
 * total: repeat(active=1), repeat(active=1), repeat(active=1), once(active=0)
 */
#include "trace.h"

static uv_timer_t repeating;
static uv_timer_t once;
static int runs;

static void on_once(uv_timer_t* handle) {
  trace_int("once", "active", uv_is_active((uv_handle_t*)handle));
}

static void on_repeat(uv_timer_t* handle) {
  trace_int("repeat", "active", uv_is_active((uv_handle_t*)handle));
  if (++runs < 3) return;
  must(uv_timer_stop(handle));
  must(uv_timer_start(&once, on_once, 1, 0));
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &repeating));
  must(uv_timer_init(loop, &once));
  must(uv_timer_start(&repeating, on_repeat, 1, 1));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
