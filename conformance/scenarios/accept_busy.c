/*
 * uv_accept() into a handle that has a socket already is UV_EBUSY.
 *
 * rules: CONN-16
 * total: accepted(status=EBUSY)
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t busy;

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  must(uv_tcp_init_ex(stream->loop, &busy, AF_INET));
  trace_status("accepted", uv_accept(stream, (uv_stream_t*)&busy));
  uv_close((uv_handle_t*)stream, NULL);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &server, 5, on_connection);
  int client = socket(AF_INET, SOCK_STREAM, 0);
  check(connect(client, (struct sockaddr*)&address, sizeof address) == 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(client);
}
