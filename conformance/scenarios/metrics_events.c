/*
 * uv_metrics_info() counts the events of descriptors, each time they are told.
 *
 * rules: RUN-24
 * needs: uv_metrics_info
 * total: readable, readable, readable, counted(yes=1)
 */
#include "pairs.h"

static uv_poll_t poll_handle;

static void on_poll(uv_poll_t* handle, int status, int events) {
  (void)handle;
  (void)events;
  must(status);
  trace("readable");
}

static void scenario(uv_loop_t* loop) {
  uv_metrics_t before;
  uv_metrics_t after;
  int ends[2];
  int i;
  local_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_poll_start(&poll_handle, UV_READABLE, on_poll));
  send_bytes(ends[1], "x");
  must(uv_metrics_info(loop, &before));
  for (i = 0; i < 3; i++)
    uv_run(loop, UV_RUN_NOWAIT);
  must(uv_metrics_info(loop, &after));
  trace_int("counted", "yes", after.events - before.events >= 3);
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
}
