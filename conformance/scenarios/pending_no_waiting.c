/*
 * A loop that has callbacks put off does not wait for events: a write that was done at once has its
 * callback without delay although a timer is far away.
 *
 * rules: PHASE-11
 * total: idle-loop, written, write, check
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;
static uv_timer_t timer;
static uv_check_t check_handle;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_write(uv_write_t* write, int status) {
  (void)write;
  must(status);
  trace("write");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  int peer = pipe_and_peer(loop, &stream);
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 3600000, 0));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("idle-loop");
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_write(&request, (uv_stream_t*)&stream, &buf, 1, on_write));
  trace("written");
  must(uv_run(loop, UV_RUN_ONCE));
  close(peer);
}
