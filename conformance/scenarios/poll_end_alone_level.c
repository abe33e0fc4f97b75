/*
 * The other side's end, asked for alone, is a state: it is told in every iteration, also while
 * bytes lie before it that nobody reads.
 *
 * rules: POLL-06, POLL-10
 * total: told, told, told
 */
#include "pairs.h"

static uv_poll_t handle;
static int times;

static void on_poll(uv_poll_t* poll, int status, int events) {
  must(status);
  check(events == UV_DISCONNECT);
  trace("told");
  if (++times == 3) must(uv_poll_stop(poll));
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  local_sockets(ends);
  must(uv_poll_init(loop, &handle, ends[0]));
  must(uv_poll_start(&handle, UV_DISCONNECT, on_poll));
  send_bytes(ends[1], "x");
  close(ends[1]);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
}
