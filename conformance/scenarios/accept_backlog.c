/*
 * Connections that came before the loop ran wait in the backlog; each gets one callback, in which
 * uv_accept() does not fail, and a second uv_accept() finds none.
 *
 * rules: CONN-08, CONN-09, CONN-10
 * total: connection(status=OK), again(status=EAGAIN), connection(status=OK), again(status=EAGAIN),
 * total: connection(status=OK), again(status=EAGAIN)
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t spare;
static uv_tcp_t accepted[3];
static int count;

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  must(uv_tcp_init(stream->loop, &accepted[count]));
  trace_status("connection", uv_accept(stream, (uv_stream_t*)&accepted[count]));
  trace_status("again", uv_accept(stream, (uv_stream_t*)&spare));
  if (++count == 3) uv_close((uv_handle_t*)stream, NULL);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &server, 5, on_connection);
  int clients[3];
  int i;
  must(uv_tcp_init(loop, &spare));
  for (i = 0; i < 3; i++) {
    clients[i] = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(clients[i], (struct sockaddr*)&address, sizeof address) == 0);
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
  for (i = 0; i < 3; i++)
    close(clients[i]);
}
