/*
 * uv_poll_start() on an active handle replaces events and callback; only events that are asked for
 * are told.
 *
 * rules: POLL-09
 * total: writable(events=2), readable(events=1)
 */
#include "pairs.h"

static uv_poll_t poll_handle;

static void on_readable(uv_poll_t* handle, int status, int events) {
  must(status);
  trace_int("readable", "events", events);
  must(uv_poll_stop(handle));
}

static void on_writable(uv_poll_t* handle, int status, int events) {
  must(status);
  trace_int("writable", "events", events);
  must(uv_poll_start(handle, UV_READABLE, on_readable));
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  local_sockets(ends);
  send_bytes(ends[1], "x");
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_poll_start(&poll_handle, UV_WRITABLE, on_writable));
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
}
