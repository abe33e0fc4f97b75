/*
 * A TCP listener, too, hears of a connection of its own loop before the one who connected does.
 *
 * rules: CONN-21
 * total: connection, connection, connect-1, connect-2
 */
#include "pairs.h"

#include <poll.h>

static uv_tcp_t server;
static uv_tcp_t clients[2];
static uv_tcp_t accepted[2];
static uv_connect_t requests[2];
static int connections;

static void on_connect(uv_connect_t* request, int status) {
  must(status);
  trace(request == &requests[0] ? "connect-1" : "connect-2");
  if (request == &requests[1]) uv_close((uv_handle_t*)&server, NULL);
}

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  trace("connection");
  must(uv_tcp_init(stream->loop, &accepted[connections]));
  must(uv_accept(stream, (uv_stream_t*)&accepted[connections++]));
}

/**
 * On the BSDs and macOS loopback takes its time, and whoever connects hears from the system before
 * the listener does: both have to be there when the loop looks.
 */
static void await_loopback(void) {
  uv_utsname_t system;
  struct pollfd connected = {socket_of(&clients[1]), POLLOUT, 0};
  struct pollfd waiting = {socket_of(&server), POLLIN, 0};
  must(uv_os_uname(&system));
  if (strstr(system.sysname, "BSD") == NULL && strcmp(system.sysname, "Darwin") != 0) return;
  check(poll(&connected, 1, 5000) == 1);
  check(poll(&waiting, 1, 5000) == 1);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &server, 8, on_connection);
  for (int i = 0; i < 2; i++) {
    must(uv_tcp_init(loop, &clients[i]));
    must(uv_tcp_connect(&requests[i], &clients[i], (struct sockaddr*)&address, on_connect));
  }
  await_loopback();
  uv_run(loop, UV_RUN_DEFAULT);
}
