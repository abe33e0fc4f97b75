/*
 * A connection that is not accepted in its callback stops further callbacks until it is; accepting
 * it later works, and the next one follows.
 *
 * rules: CONN-11
 * total: connection, check, check, check, accepted(status=OK), connection
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t accepted;
static uv_check_t check_handle;
static int connections;
static int checks;

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  trace("connection");
  if (++connections == 2) uv_close((uv_handle_t*)stream, NULL);
}

static void on_check(uv_check_t* handle) {
  if (connections == 0 || connections == 2) return;
  trace("check");
  if (++checks < 3) return;
  must(uv_tcp_init(handle->loop, &accepted));
  trace_status("accepted", uv_accept((uv_stream_t*)&server, (uv_stream_t*)&accepted));
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &server, 5, on_connection);
  int clients[2];
  int i;
  for (i = 0; i < 2; i++) {
    clients[i] = socket(AF_INET, SOCK_STREAM, 0);
    check(connect(clients[i], (struct sockaddr*)&address, sizeof address) == 0);
  }
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  while (connections < 2)
    must(uv_run(loop, UV_RUN_NOWAIT));
  for (i = 0; i < 2; i++)
    close(clients[i]);
}
