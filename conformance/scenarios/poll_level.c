/*
 * uv_poll_t tells of a state, not of a change: as long as the data is not read its callback comes
 * in every iteration, once; after uv_poll_stop() no more.
 *
 * rules: POLL-06, POLL-07, POLL-08
 * total: started, readable, check, readable, check, readable, check, check
 */
#include "pairs.h"

static uv_poll_t poll_handle;
static uv_check_t check_handle;
static int runs;

static void on_poll(uv_poll_t* handle, int status, int events) {
  must(status);
  check(events == UV_READABLE);
  trace("readable");
  if (++runs == 3) must(uv_poll_stop(handle));
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  int i;
  local_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  send_bytes(ends[1], "x");
  must(uv_poll_start(&poll_handle, UV_READABLE, on_poll));
  trace("started");
  for (i = 0; i < 4; i++)
    must(uv_run(loop, UV_RUN_NOWAIT));
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_check_stop(&check_handle));
  must(uv_run(loop, UV_RUN_NOWAIT));
  close(ends[0]);
  close(ends[1]);
}
