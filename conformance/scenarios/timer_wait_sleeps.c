/*
 * A loop that waits for a timer sleeps until it is due: in the last fraction of a millisecond, too,
 * it takes no processor time.
 *
 * rules: RUN-27
 * total: slept
 */
#include "trace.h"

static int turns;

/* Fifty waits take two milliseconds of the processor. Windows counts a process's time in ticks of
 * up to 16 ms. */
#if defined(_WIN32)
static const long long limit_us = 6000 + 16000;
#else
static const long long limit_us = 6000;
#endif

static void on_timer(uv_timer_t* handle) {
  if (++turns < 50) must(uv_timer_start(handle, on_timer, 5, 0));
}

/* Not clock(), which counts 128 ticks a second on FreeBSD. */
static long long used_us(void) {
  uv_rusage_t usage;
  must(uv_getrusage(&usage));
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/* What as many iterations take that do not wait: a slow machine is slow in these, too. */
static long long cost_of_iterations(uv_loop_t* loop, uv_timer_t* timer) {
  long long before = used_us();
  int i;
  for (i = 0; i < 50; i++) {
    must(uv_timer_start(timer, on_timer, 3600000, 0));
    must(uv_run(loop, UV_RUN_NOWAIT));
  }
  return used_us() - before;
}

static void scenario(uv_loop_t* loop) {
  uv_timer_t timer;
  long long limit = limit_us;
  long long before;
  must(uv_timer_init(loop, &timer));
  limit += 10 * cost_of_iterations(loop, &timer);
  must(uv_timer_start(&timer, on_timer, 5, 0));
  before = used_us();
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace(used_us() - before < limit ? "slept" : "was-busy");
  uv_close((uv_handle_t*)&timer, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
