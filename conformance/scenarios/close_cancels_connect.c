/*
 * A handle closed while it connects: the connect callback gets UV_ECANCELED, once, before the close
 * callback, and not inside uv_close().
 *
 * rules: CLOSE-10, CONN-07
 * total: closing, connect(status=ECANCELED), closed
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t client;

static void on_connection(uv_stream_t* stream, int status) {
  (void)stream;
  (void)status;
}

static void on_connect(uv_connect_t* request, int status) {
  (void)request;
  trace_status("connect", status);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  static uv_connect_t request;
  struct sockaddr_in address = tcp_listen(loop, &server, 1, on_connection);
  uv_unref((uv_handle_t*)&server);
  must(uv_tcp_init(loop, &client));
  must(uv_tcp_connect(&request, &client, (struct sockaddr*)&address, on_connect));
  uv_close((uv_handle_t*)&client, on_closed);
  trace("closing");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
