/*
 * A timer started with timeout 0 in a timer callback waits for the next iteration's timers, as is
 * documented; 1.44 ran it in the same phase.
 *
 * rules: TIMER-24
 * differs: libuv 1.44 runs timers until none is due, also those that a timer callback has started.
 * [before 1.45] total: first, second, idle
 * [since 1.45] total: first, idle, second
 */
#include "trace.h"

static uv_timer_t first;
static uv_timer_t second;
static uv_idle_t idle;

static void on_idle(uv_idle_t* handle) {
  trace("idle");
  must(uv_idle_stop(handle));
}

static void on_second(uv_timer_t* handle) {
  (void)handle;
  trace("second");
}

static void on_first(uv_timer_t* handle) {
  (void)handle;
  trace("first");
  must(uv_timer_start(&second, on_second, 0, 0));
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &first));
  must(uv_timer_init(loop, &second));
  must(uv_idle_init(loop, &idle));
  must(uv_idle_start(&idle, on_idle));
  must(uv_timer_start(&first, on_first, 0, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
