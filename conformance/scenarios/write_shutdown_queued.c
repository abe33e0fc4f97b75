/*
 * uv_shutdown() behind a write that the system has not taken yet waits for it: the other side reads
 * all of it, and then the end.
 *
 * rules: WRITE-08, WRITE-12
 * total: write(status=OK), shutdown(status=OK), end(complete=1)
 */
#include "pairs.h"

static uv_pipe_t left;
static uv_pipe_t right;
static uv_write_t write_request;
static uv_shutdown_t shutdown_request;
static uv_prepare_t prepare;
static char much[4 * 1024 * 1024];
static size_t count;
static int iterations;

static void on_write(uv_write_t* request, int status) {
  (void)request;
  trace_status("write", status);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  if (nread >= 0) {
    count += (size_t)nread;
    return;
  }
  check(nread == UV_EOF);
  trace_int("end", "complete", count == sizeof much);
  uv_close((uv_handle_t*)handle, NULL);
}

static void on_shutdown(uv_shutdown_t* request, int status) {
  trace_status("shutdown", status);
  uv_close((uv_handle_t*)request->handle, NULL);
}

/* Reading begins late: a shutdown that does not wait has time to go wrong. */
static void on_prepare(uv_prepare_t* handle) {
  if (++iterations < 3) return;
  must(uv_read_start((uv_stream_t*)&right, give_buffer, on_read));
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init(much, sizeof much);
  pipe_pair(loop, &left, &right);
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_write(&write_request, (uv_stream_t*)&left, &buf, 1, on_write));
  must(uv_shutdown(&shutdown_request, (uv_stream_t*)&left, on_shutdown));
  for (; iterations < 3;)
    must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
