/*
 * In UV_RUN_DEFAULT timers that are due run before the first idle callback, in every version; from
 * then on timers and the rest take turns.
 *
 * rules: PHASE-07, PHASE-08, TIMER-07, TIMER-09
 * total: timer, idle, check, closed, timer, idle, check, closed, timer, idle, check, returned
 */
#include "trace.h"

static uv_timer_t timer;
static uv_idle_t idle;
static uv_check_t check_handle;
static uv_async_t victims[2];
static int iterations;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  trace("idle");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_check(uv_check_t* handle) {
  trace("check");
  if (iterations < 2) {
    uv_close((uv_handle_t*)&victims[iterations++], on_closed);
    must(uv_timer_start(&timer, on_timer, 0, 0));
    return;
  }
  must(uv_check_stop(handle));
  must(uv_idle_stop(&idle));
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_idle_init(loop, &idle));
  must(uv_check_init(loop, &check_handle));
  must(uv_async_init(loop, &victims[0], NULL));
  must(uv_async_init(loop, &victims[1], NULL));
  must(uv_check_start(&check_handle, on_check));
  must(uv_idle_start(&idle, on_idle));
  must(uv_timer_start(&timer, on_timer, 0, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("returned");
}
