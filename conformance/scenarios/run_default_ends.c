/*
 * UV_RUN_DEFAULT runs until nothing active is left and returns 0; the loop can be run again.
 *
 * rules: RUN-07, RUN-08
 * total: timer, returned(more=0), timer, returned(more=0)
 */
#include "trace.h"

static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void scenario(uv_loop_t* loop) {
  int i;
  must(uv_timer_init(loop, &timer));
  for (i = 0; i < 2; i++) {
    must(uv_timer_start(&timer, on_timer, 1, 0));
    trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT) != 0);
  }
}
