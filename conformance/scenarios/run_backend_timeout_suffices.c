/*
 * Who waits as long as uv_backend_timeout() says, and then runs the loop without waiting, finds its
 * timer due: the time is not rounded down.
 *
 * rules: RUN-14
 * count: ran = 8
 * never: missed
 */
#include "pairs.h"

#include <poll.h>

static uv_timer_t timer;
static int ran;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("ran");
  ran = 1;
}

/* So that the loop's clock does not stand at the same part of a millisecond each time. */
static void let_pass(uv_loop_t* loop, uint64_t nanoseconds) {
  uint64_t end = uv_hrtime() + nanoseconds;
  while (uv_hrtime() < end) {
  }
  uv_update_time(loop);
}

static void scenario(uv_loop_t* loop) {
  uint64_t i;
  must(uv_timer_init(loop, &timer));
  for (i = 0; i < 8; i++) {
    ran = 0;
    must(uv_timer_start(&timer, on_timer, 4, 0));
    must(uv_run(loop, UV_RUN_NOWAIT)); /* the loop sees all changes */
    let_pass(loop, 130000 * i);
    check(poll(NULL, 0, uv_backend_timeout(loop)) == 0);
    must(uv_run(loop, UV_RUN_NOWAIT));
    if (!ran) trace("missed");
    must(uv_timer_stop(&timer));
  }
}
