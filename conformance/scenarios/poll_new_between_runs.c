/*
 * What has become ready between two runs is told by the next poll, together with what was ready
 * before the first; what has ended between them is not told.
 *
 * rules: POLL-01, POLL-11
 * total: told(events=2), told(events=3), told(events=2)
 */
#include "pairs.h"

static uv_poll_t handle;

static void on_poll(uv_poll_t* poll, int status, int events) {
  (void)poll;
  must(status);
  trace_int("told", "events", events);
}

static void scenario(uv_loop_t* loop) {
  char byte;
  int ends[2];
  local_sockets(ends);
  must(uv_poll_init(loop, &handle, ends[0]));
  must(uv_poll_start(&handle, UV_READABLE | UV_WRITABLE, on_poll));
  check(uv_run(loop, UV_RUN_ONCE) != 0);
  send_bytes(ends[1], "x");
  check(uv_run(loop, UV_RUN_ONCE) != 0);
  check(recv(ends[0], &byte, 1, 0) == 1);
  check(uv_run(loop, UV_RUN_ONCE) != 0);
  uv_close((uv_handle_t*)&handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
}
