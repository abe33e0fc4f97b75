/*
 * A shutdown that waits for a write when its stream closes: both get UV_ECANCELED, the write first,
 * then comes the close callback.
 *
 * rules: CLOSE-10, WRITE-10
 * total: write(status=ECANCELED), shutdown(status=ECANCELED), closed
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t write_request;
static uv_shutdown_t shutdown_request;
static char much[4 * 1024 * 1024];

static void on_write(uv_write_t* request, int status) {
  (void)request;
  trace_status("write", status);
}

static void on_shutdown(uv_shutdown_t* request, int status) {
  (void)request;
  trace_status("shutdown", status);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init(much, sizeof much);
  int peer = pipe_and_peer(loop, &stream);
  must(uv_write(&write_request, (uv_stream_t*)&stream, &buf, 1, on_write));
  must(uv_shutdown(&shutdown_request, (uv_stream_t*)&stream, on_shutdown));
  uv_close((uv_handle_t*)&stream, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
