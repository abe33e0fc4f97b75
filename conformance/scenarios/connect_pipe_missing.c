/*
 * uv_pipe_connect() has no result: a name that does not exist is told through the callback.
 *
 * rules: CONN-01, CONN-03
 * total: requested, connect(status=ENOENT)
 */
#include "pairs.h"

static uv_pipe_t client;
static uv_connect_t request;

static void on_connect(uv_connect_t* connect, int status) {
  (void)connect;
  trace_status("connect", status);
}

static void scenario(uv_loop_t* loop) {
  must(uv_pipe_init(loop, &client, 0));
  uv_pipe_connect(&request, &client, "no-such-socket", on_connect);
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
