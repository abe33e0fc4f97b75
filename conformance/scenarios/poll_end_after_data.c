/*
 * The other side has sent something and gone: the descriptor is readable and at its end at once,
 * and what was sent can be read before the end.
 *
 * rules: POLL-10
 * total: told, byte, end
 */
#include "pairs.h"

static uv_poll_t handle;
static int ends[2];

static void on_poll(uv_poll_t* poll, int status, int events) {
  char bytes[8];
  must(status);
  check(events == (UV_READABLE | UV_DISCONNECT));
  trace("told");
  check(recv(ends[0], bytes, sizeof(bytes), 0) == 1);
  trace("byte");
  check(recv(ends[0], bytes, sizeof(bytes), 0) == 0);
  trace("end");
  must(uv_poll_stop(poll));
}

static void scenario(uv_loop_t* loop) {
  local_sockets(ends);
  must(uv_poll_init(loop, &handle, ends[0]));
  must(uv_poll_start(&handle, UV_READABLE | UV_DISCONNECT, on_poll));
  send_bytes(ends[1], "x");
  close(ends[1]);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
}
