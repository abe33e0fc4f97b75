/*
 * Timers run in the order of their due times, whatever the order of their starts, even when all
 * are overdue.
 *
 * rules: TIMER-05
 * total: one, three, five, seven
 */
#include "trace.h"

static uv_timer_t timers[4];

static void on_timer(uv_timer_t* handle) {
  trace((const char*)handle->data);
}

static void start(uv_loop_t* loop, uv_timer_t* timer, const char* name, uint64_t delay) {
  must(uv_timer_init(loop, timer));
  timer->data = (void*)name;
  must(uv_timer_start(timer, on_timer, delay, 0));
}

static void scenario(uv_loop_t* loop) {
  uint64_t start_time = uv_hrtime();
  start(loop, &timers[0], "five", 5);
  start(loop, &timers[1], "one", 1);
  start(loop, &timers[2], "seven", 7);
  start(loop, &timers[3], "three", 3);
  while (uv_hrtime() - start_time < 10000000) {
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
}
