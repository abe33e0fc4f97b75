/*
 * A write on a stream that still connects waits: the connect callback comes first, then the
 * write's.
 *
 * rules: CONN-04, CONN-05
 * total: written, connect(status=OK), write(status=OK), read(bytes=2)
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t client;
static uv_tcp_t accepted;
static uv_connect_t request;
static uv_write_t write_request;
static int steps;

/* Reading starts when both callbacks came, so that the two sides do not race in the trace. */
static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_int("read", "bytes", nread);
  uv_close((uv_handle_t*)handle, NULL);
}

static void read_when_ready(void) {
  if (++steps == 2) must(uv_read_start((uv_stream_t*)&accepted, give_buffer, on_read));
}

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  must(uv_tcp_init(stream->loop, &accepted));
  must(uv_accept(stream, (uv_stream_t*)&accepted));
  uv_close((uv_handle_t*)stream, NULL);
  read_when_ready();
}

static void on_connect(uv_connect_t* connect, int status) {
  (void)connect;
  trace_status("connect", status);
}

static void on_write(uv_write_t* write, int status) {
  (void)write;
  trace_status("write", status);
  read_when_ready();
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"hi", 2);
  struct sockaddr_in address = tcp_listen(loop, &server, 1, on_connection);
  must(uv_tcp_init(loop, &client));
  must(uv_tcp_connect(&request, &client, (struct sockaddr*)&address, on_connect));
  must(uv_write(&write_request, (uv_stream_t*)&client, &buf, 1, on_write));
  trace("written");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
