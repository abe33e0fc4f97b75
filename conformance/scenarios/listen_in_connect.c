/*
 * A client whose local port is in use becomes a server on another one in the connect callback that
 * tells it.
 *
 * rules: CONN-19
 * total: connected(status=EADDRINUSE), listening(status=OK), connection
 */
#include "pairs.h"

static uv_tcp_t other;
static uv_tcp_t stream;
static uv_connect_t connecting;
static int client;

static void on_connection(uv_stream_t* handle, int status) {
  must(status);
  trace("connection");
  uv_close((uv_handle_t*)handle, NULL);
  uv_close((uv_handle_t*)&other, NULL);
}

static void on_connected(uv_connect_t* req, int status) {
  struct sockaddr_in address;
  int length = sizeof address;
  trace_status("connected", status);
  trace_status("listening", uv_listen(req->handle, 5, on_connection));
  must(uv_tcp_getsockname(&stream, (struct sockaddr*)&address, &length));
  address = loopback(ntohs(address.sin_port));
  client = socket(AF_INET, SOCK_STREAM, 0);
  check(connect(client, (struct sockaddr*)&address, sizeof address) == 0);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &other, 5, on_connection);
  must(uv_tcp_init(loop, &stream));
  must(uv_tcp_bind(&stream, (struct sockaddr*)&address, 0));
  must(uv_tcp_connect(&connecting, &stream, (struct sockaddr*)&address, on_connected));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(client);
}
