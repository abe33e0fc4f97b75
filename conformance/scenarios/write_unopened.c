/*
 * A write to a stream without a descriptor is UV_EBADF, at once and without a callback; a shutdown
 * there is UV_ENOTCONN.
 *
 * rules: WRITE-20
 * total: write(status=EBADF), shutdown(status=ENOTCONN)
 */
#include "pairs.h"

static uv_tcp_t stream;
static uv_write_t request;
static uv_shutdown_t shutdown_request;

static void on_write(uv_write_t* write, int status) {
  (void)write;
  trace_status("called", status);
}

static void on_shutdown(uv_shutdown_t* shutdown, int status) {
  (void)shutdown;
  trace_status("called", status);
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  must(uv_tcp_init(loop, &stream));
  trace_status("write", uv_write(&request, (uv_stream_t*)&stream, &buf, 1, on_write));
  trace_status("shutdown", uv_shutdown(&shutdown_request, (uv_stream_t*)&stream, on_shutdown));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
