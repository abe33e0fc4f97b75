/*
 * Where the timers stand in an iteration depends on the version: at its start until 1.44, at its
 * end since.
 *
 * rules: PHASE-05, PHASE-06
 * differs: libuv 1.45 moved the timers from the start of an iteration to its end.
 * [timers-first] total: timer, idle, check, closed, returned
 * [timers-last] total: idle, check, closed, timer, returned
 */
#include "trace.h"

static uv_timer_t timer;
static uv_idle_t idle;
static uv_check_t check_handle;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_idle(uv_idle_t* handle) {
  trace("idle");
  uv_close((uv_handle_t*)handle, on_closed);
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_idle_init(loop, &idle));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_start(&timer, on_timer, 0, 0));
  must(uv_idle_start(&idle, on_idle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
}
