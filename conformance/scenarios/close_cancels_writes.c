/*
 * Writes that are queued when their stream closes get their callbacks with UV_ECANCELED, each once
 * and in order, and before the close callback.
 *
 * rules: CLOSE-10, CLOSE-13, WRITE-09
 * total: closing, write-1(status=ECANCELED), write-2(status=ECANCELED), closed
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t requests[2];
static char much[4 * 1024 * 1024];

static void on_write_1(uv_write_t* request, int status) {
  (void)request;
  trace_status("write-1", status);
}

static void on_write_2(uv_write_t* request, int status) {
  (void)request;
  trace_status("write-2", status);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init(much, sizeof much); /* more than the kernel takes */
  int peer = pipe_and_peer(loop, &stream);
  must(uv_write(&requests[0], (uv_stream_t*)&stream, &buf, 1, on_write_1));
  must(uv_write(&requests[1], (uv_stream_t*)&stream, &buf, 1, on_write_2));
  uv_close((uv_handle_t*)&stream, on_closed);
  trace("closing");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
