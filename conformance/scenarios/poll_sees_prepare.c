/*
 * What a prepare callback sets off is seen by the poll of the same iteration.
 *
 * rules: PHASE-02, POLL-02
 * total: prepare, read, check
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_prepare_t prepare;
static uv_check_t check_handle;
static int peer;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)buf;
  check(nread == 1);
  trace("read");
}

static void on_prepare(uv_prepare_t* handle) {
  trace("prepare");
  send_bytes(peer, "x");
  must(uv_prepare_stop(handle));
}

static void on_check(uv_check_t* handle) {
  trace("check");
  must(uv_check_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  peer = pipe_and_peer(loop, &stream);
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  must(uv_run(loop, UV_RUN_NOWAIT));
  close(peer);
}
