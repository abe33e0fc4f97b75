/*
 * UV_RUN_ONCE with a timer that is due already: timers at the end of the iteration are the one
 * event that it returns for; timers at its start do not keep it from waiting for another.
 *
 * rules: RUN-23
 * differs: with timers at the start of the iteration, the due timer runs before the wait, and the
 * differs: wait is for what comes next.
 * [timers-first] total: due, late, returned
 * [timers-last] total: due, returned
 */
#include "trace.h"

static uv_timer_t due;
static uv_timer_t late;

static void on_due(uv_timer_t* handle) {
  (void)handle;
  trace("due");
}

static void on_late(uv_timer_t* handle) {
  (void)handle;
  trace("late");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &due));
  must(uv_timer_init(loop, &late));
  must(uv_timer_start(&due, on_due, 0, 0));
  must(uv_timer_start(&late, on_late, 50, 0));
  must(uv_run(loop, UV_RUN_ONCE));
  trace("returned");
}
