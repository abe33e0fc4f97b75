/*
 * A server closed in its connection callback announces no more, although more wait; the one that
 * was accepted lives on.
 *
 * rules: CONN-13, CLOSE-05
 * total: connection, closed, read(bytes=1)
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t accepted;
static int clients[3];

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_int("read", "bytes", nread);
  uv_close((uv_handle_t*)handle, NULL);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
  must(uv_read_start((uv_stream_t*)&accepted, give_buffer, on_read));
  send_bytes(clients[0], "x");
}

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  trace("connection");
  must(uv_tcp_init(stream->loop, &accepted));
  must(uv_accept(stream, (uv_stream_t*)&accepted));
  uv_close((uv_handle_t*)stream, on_closed);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &server, 5, on_connection);
  int i;
  for (i = 0; i < 3; i++) {
    clients[i] = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(clients[i], (struct sockaddr*)&address, sizeof address) == 0);
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
  for (i = 0; i < 3; i++)
    close(clients[i]);
}
