/*
 * The descriptor of a stopped poll handle is closed, and another socket gets its number. Started
 * again, the handle is told of that socket, and of nothing else.
 *
 * rules: POLL-12
 * total: quiet, told(status=OK)
 */
#include "pairs.h"

static uv_poll_t handle;

static void on_poll(uv_poll_t* poll, int status, int events) {
  trace_status("told", status < 0 ? status : 0);
  check(events == UV_READABLE);
  must(uv_poll_stop(poll));
}

static void scenario(uv_loop_t* loop) {
  int first[2];
  int second[2];
  local_sockets(first);
  must(uv_poll_init(loop, &handle, first[0]));
  must(uv_poll_start(&handle, UV_DISCONNECT, on_poll));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_poll_stop(&handle));
  close(first[0]);
  local_sockets(second); /* the lowest number that is free is the one just closed */
  check(second[0] == first[0]);
  must(uv_poll_start(&handle, UV_READABLE, on_poll));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("quiet");
  send_bytes(second[1], "x");
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_close((uv_handle_t*)&handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(first[1]);
  close(second[0]);
  close(second[1]);
}
