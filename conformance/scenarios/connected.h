/**
 * Two TCP handles of one loop, connected by uv_tcp_connect() and uv_accept(): sockets that the
 * library made itself, and may read from ahead of its user.
 */
#ifndef CONNECTED_H_
#define CONNECTED_H_

#include "pairs.h"

static uv_tcp_t connected_server;
static uv_tcp_t* connected_accepted;
static int connected_ends;

TRACE_HELPER void on_connected_server(uv_stream_t* server, int status) {
  must(status);
  must(uv_tcp_init(server->loop, connected_accepted));
  must(uv_accept(server, (uv_stream_t*)connected_accepted));
  connected_ends++;
  uv_close((uv_handle_t*)server, NULL);
}

TRACE_HELPER void on_connected_client(uv_connect_t* request, int status) {
  (void)request;
  must(status);
  connected_ends++;
}

TRACE_HELPER void tcp_connected(uv_loop_t* loop, uv_tcp_t* client, uv_tcp_t* accepted) {
  static uv_connect_t request;
  struct sockaddr_in address = loopback(0);
  int length = sizeof address;
  connected_accepted = accepted;
  must(uv_tcp_init(loop, &connected_server));
  must(uv_tcp_bind(&connected_server, (struct sockaddr*)&address, 0));
  must(uv_listen((uv_stream_t*)&connected_server, 4, on_connected_server));
  must(uv_tcp_getsockname(&connected_server, (struct sockaddr*)&address, &length));
  must(uv_tcp_init(loop, client));
  must(uv_tcp_connect(&request, client, (struct sockaddr*)&address, on_connected_client));
  while (connected_ends < 2)
    must(uv_run(loop, UV_RUN_ONCE));
}

#endif /* CONNECTED_H_ */
