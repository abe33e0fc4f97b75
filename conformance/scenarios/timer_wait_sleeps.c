/*
 * A loop that waits for a timer sleeps until it is due: in the last fraction of a millisecond, too,
 * it takes no processor time.
 *
 * rules: RUN-27
 * total: slept
 */
#include "trace.h"

#include <time.h>

static int turns;

static void on_timer(uv_timer_t* handle) {
  if (++turns < 50) must(uv_timer_start(handle, on_timer, 5, 0));
}

/* Fifty waits take two milliseconds of the processor. */
static void scenario(uv_loop_t* loop) {
  uv_timer_t timer;
  clock_t before;
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 5, 0));
  before = clock();
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace((clock() - before) * 1000 / CLOCKS_PER_SEC < 6 ? "slept" : "was-busy");
  uv_close((uv_handle_t*)&timer, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
