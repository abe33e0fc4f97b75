/*
 * A timer never fires before its time, by the loop's clock and by the system's.
 *
 * rules: TIMER-01, TIMER-02
 * total: timer(early=0), timer(early=0), timer(early=0), timer(early=0)
 */
#include "trace.h"

static const uint64_t kDelays[] = {1, 2, 5, 11};
static uv_timer_t timers[4];
static uint64_t loop_start;
static uint64_t clock_start;

static void on_timer(uv_timer_t* handle) {
  uint64_t delay = kDelays[handle - timers];
  uint64_t passed = uv_hrtime() - clock_start;
  /* The loop's clock counts whole milliseconds, so its start may be up to one of them old. */
  int early = uv_now(handle->loop) - loop_start < delay || passed + 1000000 < delay * 1000000;
  trace_int("timer", "early", early);
}

static void scenario(uv_loop_t* loop) {
  int i;
  uv_update_time(loop);
  loop_start = uv_now(loop);
  clock_start = uv_hrtime();
  for (i = 0; i < 4; i++) {
    must(uv_timer_init(loop, &timers[i]));
    must(uv_timer_start(&timers[i], on_timer, kDelays[i], 0));
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
}
