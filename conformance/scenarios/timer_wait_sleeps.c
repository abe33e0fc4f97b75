/*
 * A loop that waits for a timer sleeps until it is due: in the last fraction of a millisecond, too,
 * it takes no processor time.
 *
 * rules: RUN-27
 * total: slept
 */
#include "trace.h"

static int turns;

/* Windows counts a process's time in ticks of up to 16 ms. */
#if defined(_WIN32)
static const int limit = 6 + 16;
#else
static const int limit = 6;
#endif

static void on_timer(uv_timer_t* handle) {
  if (++turns < 50) must(uv_timer_start(handle, on_timer, 5, 0));
}

/* Not clock(), which counts 128 ticks a second on FreeBSD. */
static long long used_ms(void) {
  uv_rusage_t usage;
  must(uv_getrusage(&usage));
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000LL +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* Fifty waits take two milliseconds of the processor. */
static void scenario(uv_loop_t* loop) {
  uv_timer_t timer;
  long long before;
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 5, 0));
  before = used_ms();
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace(used_ms() - before < limit ? "slept" : "was-busy");
  uv_close((uv_handle_t*)&timer, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
