/*
 * On an accepted connection: data and end that came together are read in this order, the end once.
 *
 * rules: READ-09, READ-10, READ-11
 * total: sent, data(bytes=3), end(status=EOF), over
 */
#include "connected.h"

static uv_tcp_t client;
static uv_tcp_t accepted;
static uv_shutdown_t request;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)buf;
  if (nread > 0) trace_int("data", "bytes", nread);
  if (nread < 0) trace_status("end", nread);
}

static void on_shutdown(uv_shutdown_t* shutdown_request, int status) {
  (void)shutdown_request;
  must(status);
  trace("sent");
}

static void nothing_to_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)buf;
  check(nread == 0);
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"abc", 3);
  tcp_connected(loop, &client, &accepted);
  /* An engine that reads ahead begins to. */
  must(uv_read_start((uv_stream_t*)&accepted, give_buffer, nothing_to_read));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_read_stop((uv_stream_t*)&accepted));
  must(uv_read_start((uv_stream_t*)&accepted, give_buffer, on_read));
  check(uv_try_write((uv_stream_t*)&client, &buf, 1) == 3);
  must(uv_shutdown(&request, (uv_stream_t*)&client, on_shutdown));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("over");
}
