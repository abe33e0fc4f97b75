/*
 * A write to a stream whose other side is gone fails through its callback, once, and not inside
 * uv_write().
 *
 * rules: WRITE-14, WRITE-15
 * total: accepted, write(status=EPIPE), null-callback
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;
static uv_write_t silent;

static void on_write(uv_write_t* write, int status) {
  (void)write;
  trace_status("write", status);
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  close(pipe_and_peer(loop, &stream));
  must(uv_write(&request, (uv_stream_t*)&stream, &buf, 1, on_write));
  trace("accepted");
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_write(&silent, (uv_stream_t*)&stream, &buf, 1, NULL));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("null-callback");
}
