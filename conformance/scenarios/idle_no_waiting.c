/*
 * While an idle handle is active the loop does not wait, although a timer is far away.
 *
 * rules: HOOK-07, HOOK-08, RUN-20
 * total: timeout(zero=1), idle, check, idle, check, idle, check, timeout(zero=0)
 */
#include "trace.h"

static uv_timer_t timer;
static uv_idle_t idle;
static uv_check_t check_handle;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
}

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  trace("idle");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int i;
  must(uv_timer_init(loop, &timer));
  must(uv_idle_init(loop, &idle));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_start(&timer, on_timer, 3600000, 0));
  must(uv_idle_start(&idle, on_idle));
  must(uv_check_start(&check_handle, on_check));
  trace_int("timeout", "zero", uv_backend_timeout(loop) == 0);
  for (i = 0; i < 3; i++)
    must(uv_run(loop, UV_RUN_ONCE) ? 0 : -1);
  must(uv_idle_stop(&idle));
  trace_int("timeout", "zero", uv_backend_timeout(loop) == 0);
}
