/*
 * UV_RUN_ONCE waits until something happens, handles it, and tells whether more is left. A timer
 * that ends the wait runs in this very call, in either order of phases.
 *
 * rules: RUN-03, RUN-05, RUN-06
 * total: early, returned(more=1), late, returned(more=0)
 */
#include "trace.h"

static uv_timer_t early;
static uv_timer_t late;

static void on_late(uv_timer_t* handle) {
  (void)handle;
  trace("late");
}

/* Starts the late one only now: on a busy machine both might be due in one iteration. */
static void on_early(uv_timer_t* handle) {
  (void)handle;
  trace("early");
  must(uv_timer_start(&late, on_late, 30, 0));
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &early));
  must(uv_timer_init(loop, &late));
  /* Long enough not to be due when the run begins, which on a busy machine may be some time from
   * here: a loop in the order of 1.44 would run it first and then wait for the late one in the same
   * call. */
  must(uv_timer_start(&early, on_early, 150, 0));
  trace_int("returned", "more", uv_run(loop, UV_RUN_ONCE) != 0);
  trace_int("returned", "more", uv_run(loop, UV_RUN_ONCE) != 0);
}
