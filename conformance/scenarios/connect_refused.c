/*
 * A connection that is refused fails through its callback, not inside uv_tcp_connect(), even where
 * the kernel says so at once.
 *
 * rules: CONN-01, CONN-02
 * total: requested, connect(status=ECONNREFUSED)
 */
#include "pairs.h"

static uv_tcp_t client;
static uv_connect_t request;

static void on_connect(uv_connect_t* connect, int status) {
  (void)connect;
  trace_status("connect", status);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  int bound = socket(AF_INET, SOCK_STREAM, 0); /* holds the port, and does not listen */
  check(bind(bound, (struct sockaddr*)&address, sizeof address) == 0);
  check(getsockname(bound, (struct sockaddr*)&address, &length) == 0);
  must(uv_tcp_init(loop, &client));
  must(uv_tcp_connect(&request, &client, (struct sockaddr*)&address, on_connect));
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(bound);
}
