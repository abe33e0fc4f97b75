/*
 * Timers that are due at the same time run in the order in which they were started; starting one
 * anew puts it last.
 *
 * rules: TIMER-03, TIMER-04
 * total: b, c, d, a
 */
#include "trace.h"

static uv_timer_t timers[4];

static void on_timer(uv_timer_t* handle) {
  trace((const char*)handle->data);
}

static void scenario(uv_loop_t* loop) {
  static char names[4][2] = {"a", "b", "c", "d"};
  int i;
  for (i = 0; i < 4; i++) {
    must(uv_timer_init(loop, &timers[i]));
    timers[i].data = names[i];
    must(uv_timer_start(&timers[i], on_timer, 5, 0));
  }
  must(uv_timer_start(&timers[0], on_timer, 5, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
