/*
 * A port in use is told by uv_listen(), not by uv_tcp_bind().
 *
 * rules: CONN-12
 * total: bind(status=OK), listen(status=EADDRINUSE)
 */
#include "pairs.h"

static uv_tcp_t first;
static uv_tcp_t second;

static void on_connection(uv_stream_t* stream, int status) {
  (void)stream;
  (void)status;
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &first, 1, on_connection);
  must(uv_tcp_init(loop, &second));
  trace_status("bind", uv_tcp_bind(&second, (struct sockaddr*)&address, 0));
  trace_status("listen", uv_listen((uv_stream_t*)&second, 1, on_connection));
}
