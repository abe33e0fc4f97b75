/*
 * A pipe that is bound to no name gets one from the system, with which it can be connected to. Only
 * Linux has such names; elsewhere the pipe stays unbound, and takes a path.
 *
 * rules: CONN-20
 * needs: uv_pipe_bind2
 * count: connection = 1
 * count: connected(status=OK) = 1
 */
#include "pairs.h"

static uv_pipe_t server;
static uv_pipe_t client;

static void on_connection(uv_stream_t* stream, int status) {
  (void)stream;
  must(status);
  trace("connection");
}

static void on_connected(uv_connect_t* request, int status) {
  (void)request;
  trace_status("connected", status);
}

static void scenario(uv_loop_t* loop) {
  static uv_connect_t request;
  char name[128];
  size_t size = sizeof name;
  must(uv_pipe_init(loop, &server, 0));
  must(uv_pipe_init(loop, &client, 0));
#ifdef __linux__
  must(uv_pipe_bind2(&server, "", 0, 0));
  must(uv_pipe_getsockname(&server, name, &size));
  check(size > 1 && name[0] == 0);
#else
  check(uv_pipe_bind2(&server, "", 0, 0) == UV_EINVAL);
  snprintf(name, sizeof name, NAMES_OF_PIPES "violet-scenario-%d", (int)getpid());
  must(uv_pipe_bind2(&server, name, strlen(name), 0));
  must(uv_pipe_getsockname(&server, name, &size));
#endif
  must(uv_listen((uv_stream_t*)&server, 1, on_connection));
  must(uv_pipe_connect2(&request, &client, name, size, UV_PIPE_NO_TRUNCATE, on_connected));
  uv_unref((uv_handle_t*)&server);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
