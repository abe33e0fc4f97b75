/*
 * A callback that takes long does not put off what the loop waits for next: a timer that repeats
 * every 40 ms and takes 20 ms of them runs every 40 ms. Of many runs it is enough that one is not
 * late by what the callback takes, for then all would be.
 *
 * rules: TIMER-25, TIMER-21
 * needs: violet_loop_init
 * total: punctual(yes=1)
 */
#include "trace.h"

#define RUNS 50

static uv_timer_t timer;
static uint64_t last;
static uint64_t shortest = UINT64_MAX;
static int runs;

static void on_timer(uv_timer_t* handle) {
  uint64_t now = uv_now(handle->loop);
  uint64_t begin = uv_hrtime();
  if (runs++ > 0 && begin - last < shortest) shortest = begin - last;
  last = begin;
  if (shortest < 55000000 || runs == RUNS) uv_close((uv_handle_t*)handle, NULL);
  while (uv_hrtime() - begin < 20000000) {
  }
  check(uv_now(handle->loop) == now);
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 1, 40));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("punctual", "yes", shortest < 55000000);
}
