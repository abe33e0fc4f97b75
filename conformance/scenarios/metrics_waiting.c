/*
 * What was there when the loop came to wait counts as waiting: asyncs that were sent to before, and
 * what a descriptor has, when the loop does not wait.
 *
 * rules: RUN-24
 * needs: uv_metrics_info
 * total: asyncs(waiting=1), readable, descriptor(waiting=1)
 */
#include "pairs.h"

static uv_async_t asyncs[3];
static uv_poll_t poll_handle;

static void on_poll(uv_poll_t* handle, int status, int events) {
  (void)events;
  must(status);
  trace("readable");
  uv_poll_stop(handle);
}

static uint64_t waiting_in(uv_loop_t* loop, uv_run_mode mode) {
  uv_metrics_t before;
  uv_metrics_t after;
  must(uv_metrics_info(loop, &before));
  uv_run(loop, mode);
  must(uv_metrics_info(loop, &after));
  return after.events_waiting - before.events_waiting;
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  int i;
  for (i = 0; i < 3; i++) {
    must(uv_async_init(loop, &asyncs[i], NULL));
    must(uv_async_send(&asyncs[i]));
  }
  trace_int("asyncs", "waiting", waiting_in(loop, UV_RUN_ONCE) >= 3);
  local_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_poll_start(&poll_handle, UV_READABLE, on_poll));
  send_bytes(ends[1], "x");
  trace_int("descriptor", "waiting", waiting_in(loop, UV_RUN_NOWAIT) >= 1);
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_run(loop, UV_RUN_NOWAIT));
  close(ends[0]);
  close(ends[1]);
}
