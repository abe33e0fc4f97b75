/*
 * A write that is done at once in a prepare callback has its callback put off, and this very
 * iteration does not wait for events, although a timer is far away.
 *
 * rules: PHASE-11
 * total: prepare, write(status=OK)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;
static uv_timer_t timer;
static uv_prepare_t prepare;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_write(uv_write_t* write_request, int status) {
  trace_status("write", status);
  uv_stop(write_request->handle->loop);
}

static void on_prepare(uv_prepare_t* handle) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  trace("prepare");
  must(uv_write(&request, (uv_stream_t*)&stream, &buf, 1, on_write));
  must(uv_prepare_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 2000, 0));
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
