/*
 * UV_RUN_NOWAIT does not wait for a timer, and says that there is more to do.
 *
 * rules: RUN-04, RUN-06
 * total: prepare, returned(more=1), prepare, returned(more=1)
 */
#include "trace.h"

static uv_timer_t timer;
static uv_prepare_t prepare;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_prepare_init(loop, &prepare));
  must(uv_timer_start(&timer, on_timer, 3600000, 0));
  must(uv_prepare_start(&prepare, on_prepare));
  trace_int("returned", "more", uv_run(loop, UV_RUN_NOWAIT) != 0);
  trace_int("returned", "more", uv_run(loop, UV_RUN_NOWAIT) != 0);
}
