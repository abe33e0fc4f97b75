/*
 * A thousand timers with mixed due times, a third of them stopped again, run in the order of due
 * time and start.
 *
 * rules: TIMER-05, TIMER-06
 * count: out-of-order = 0
 * count: stopped-ran = 0
 * total: ran(count=667)
 */
#include "trace.h"

static uv_timer_t timers[1000];
static unsigned long last_key;
static int ran;

static unsigned long delay_of(long i) {
  return 1 + (unsigned long)(i * 7919) % 9;
}

static void on_timer(uv_timer_t* handle) {
  long index = handle - timers;
  unsigned long key = delay_of(index) * 1000 + (unsigned long)index;
  if (key <= last_key) trace("out-of-order");
  if (index % 3 == 1) trace("stopped-ran");
  last_key = key;
  ran++;
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 1000; i++) {
    must(uv_timer_init(loop, &timers[i]));
    must(uv_timer_start(&timers[i], on_timer, delay_of(i), 0));
  }
  for (i = 1; i < 1000; i += 3)
    must(uv_timer_stop(&timers[i]));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("ran", "count", ran);
}
