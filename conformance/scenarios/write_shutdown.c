/*
 * uv_shutdown() waits for the writes before it: their callbacks come first, then its own, and the
 * other side reads all data before the end. Afterwards the stream is not writable.
 *
 * rules: WRITE-08, WRITE-12, WRITE-13
 * total: requested, write(status=OK), shutdown(status=OK)
 * total: late(status=EPIPE), again(status=ENOTCONN), peer(bytes=200000)
 */
#include "pairs.h"

static uv_tcp_t left;
static uv_tcp_t right;
static uv_write_t write_request;
static uv_write_t late_request;
static uv_shutdown_t shutdown_request;
static uv_shutdown_t second_shutdown;
static char much[200000];
static size_t count;
static int shut;

static void report_peer(void) {
  if (shut != 2) return;
  trace_int("peer", "bytes", (long long)count);
}

static void on_write(uv_write_t* request, int status) {
  (void)request;
  trace_status("write", status);
}

static void on_shutdown(uv_shutdown_t* request, int status) {
  uv_buf_t buf = uv_buf_init(much, 1);
  trace_status("shutdown", status);
  check(!uv_is_writable(request->handle));
  trace_status("late", uv_write(&late_request, request->handle, &buf, 1, on_write));
  trace_status("again", uv_shutdown(&second_shutdown, request->handle, on_shutdown));
  shut++;
  report_peer();
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)buf;
  if (nread >= 0) {
    count += (size_t)nread;
    return;
  }
  check(nread == UV_EOF);
  shut++;
  report_peer();
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init(much, sizeof much);
  tcp_pair(loop, &left, &right);
  must(uv_read_start((uv_stream_t*)&right, give_buffer, on_read));
  must(uv_write(&write_request, (uv_stream_t*)&left, &buf, 1, on_write));
  must(uv_shutdown(&shutdown_request, (uv_stream_t*)&left, on_shutdown));
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
