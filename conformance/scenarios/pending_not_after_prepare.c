/*
 * The callback of a write that was done at once does not come between prepare and the poll: if it
 * comes after prepare at all, then as part of the poll phase, and what it makes readable is for the
 * next iteration.
 *
 * rules: PHASE-02, PHASE-10
 * count: write = 1
 * count: readable = 1
 * order: prepare < check
 * never: between
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_poll_t poll;
static uv_write_t write_request;
static uv_prepare_t prepare;
static uv_check_t check_handle;
static int peer;
static int prepared;
static int checked;
static int written_after_prepare;

static void on_write(uv_write_t* request, int status) {
  (void)request;
  must(status);
  trace("write");
  written_after_prepare = prepared;
  send_bytes(peer, "x");
}

static void on_readable(uv_poll_t* handle, int status, int events) {
  (void)events;
  must(status);
  trace("readable");
  if (written_after_prepare && !checked) trace("between");
  must(uv_poll_stop(handle));
}

static void on_prepare(uv_prepare_t* handle) {
  trace("prepare");
  prepared = 1;
  must(uv_prepare_stop(handle));
}

static void on_check(uv_check_t* handle) {
  trace("check");
  checked = 1;
  must(uv_check_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  int ends[2];
  int other = pipe_and_peer(loop, &stream);
  local_sockets(ends);
  peer = ends[1];
  must(uv_poll_init(loop, &poll, ends[0]));
  must(uv_poll_start(&poll, UV_READABLE, on_readable));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  must(uv_write(&write_request, (uv_stream_t*)&stream, &buf, 1, on_write));
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_close((uv_handle_t*)&poll, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
  close(other);
}
