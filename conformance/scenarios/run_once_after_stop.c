/*
 * What was awaited and is not any more does not end the wait of UV_RUN_ONCE: it lasts until the
 * timer, which then runs in this very call.
 *
 * rules: RUN-03, RUN-05, POLL-08
 * total: writable, stopped, timer, returned
 */
#include "pairs.h"

static uv_poll_t poll_handle;
static uv_timer_t timer;

static void on_poll(uv_poll_t* handle, int status, int events) {
  (void)handle;
  (void)events;
  must(status);
  trace("writable");
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  local_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_timer_init(loop, &timer));
  must(uv_poll_start(&poll_handle, UV_WRITABLE, on_poll));
  uv_run(loop, UV_RUN_ONCE);
  must(uv_poll_stop(&poll_handle));
  trace("stopped");
  must(uv_timer_start(&timer, on_timer, 20, 0));
  uv_run(loop, UV_RUN_ONCE);
  trace("returned");
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
}
