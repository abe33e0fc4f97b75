/*
 * Bytes that nobody wants to read do not wake a loop that waits for the other side's end alone.
 *
 * rules: POLL-13
 * total: slept, told(status=OK)
 */
#include "pairs.h"

static uv_poll_t handle;
static uv_timer_t timer;
static uv_prepare_t prepare;
static int iterations;
static int ends[2];

static void on_prepare(uv_prepare_t* hook) {
  (void)hook;
  iterations++;
}

static void on_poll(uv_poll_t* poll, int status, int events) {
  trace_status("told", status);
  check(events == UV_DISCONNECT);
  must(uv_poll_stop(poll));
}

static void on_timer(uv_timer_t* handle_of_timer) {
  (void)handle_of_timer;
  trace(iterations <= 8 ? "slept" : "went-round");
  must(uv_prepare_stop(&prepare));
  close(ends[1]);
}

static void scenario(uv_loop_t* loop) {
  local_sockets(ends);
  must(uv_poll_init(loop, &handle, ends[0]));
  must(uv_poll_start(&handle, UV_DISCONNECT, on_poll));
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 20, 0));
  send_bytes(ends[1], "nobody reads this");
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_close((uv_handle_t*)&handle, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
}
