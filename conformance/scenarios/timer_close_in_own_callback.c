/*
 * A repeating timer that closes itself in its callback does not run again, and gets one close
 * callback.
 *
 * rules: TIMER-23, CLOSE-03
 * total: ran, closed
 */
#include "trace.h"

static uv_timer_t timer;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_timer(uv_timer_t* handle) {
  trace("ran");
  uv_close((uv_handle_t*)handle, on_closed);
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 0, 1));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
