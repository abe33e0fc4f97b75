/*
 * A connection that failed at once and a write that was done at once have their callbacks in the
 * next iteration: before idle, as callbacks put off, or in the poll phase. Never between idle and
 * prepare.
 *
 * rules: PHASE-10, CONN-03, WRITE-01
 * order: requested < connect(status=ENOENT) < check
 * order: requested < write(status=OK) < check
 * order: requested < idle < prepare < check
 * never: between
 */
#include "pairs.h"

static uv_pipe_t client;
static uv_pipe_t stream;
static uv_connect_t connect_request;
static uv_write_t write_request;
static uv_idle_t idle;
static uv_prepare_t prepare;
static uv_check_t check_handle;
static int idle_ran;
static int prepare_ran;

static void on_connect(uv_connect_t* request, int status) {
  (void)request;
  if (idle_ran && !prepare_ran) trace("between");
  trace_status("connect", status);
}

static void on_write(uv_write_t* request, int status) {
  (void)request;
  if (idle_ran && !prepare_ran) trace("between");
  trace_status("write", status);
}

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  trace("idle");
  idle_ran = 1;
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
  prepare_ran = 1;
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  int peer = pipe_and_peer(loop, &stream);
  must(uv_pipe_init(loop, &client, 0));
  must(uv_idle_init(loop, &idle));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_idle_start(&idle, on_idle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  uv_pipe_connect(&connect_request, &client, "no-such-socket", on_connect);
  must(uv_write(&write_request, (uv_stream_t*)&stream, &buf, 1, on_write));
  trace("requested");
  must(uv_run(loop, UV_RUN_NOWAIT));
  close(peer);
}
