/*
 * In one loop a listener hears of connections before those who connected do, whether they connected
 * before the loop polled or while it did.
 *
 * rules: CONN-21
 * total: prepare, connection, connection, connect-1, connect-2,
 * total: async, connection, connection, connect-1, connect-2
 */
#include "pairs.h"

static char path[64];
static uv_pipe_t server;
static uv_pipe_t clients[2];
static uv_pipe_t accepted[4];
static uv_connect_t requests[2];
static int connections;
static int connects;

static void on_connect(uv_connect_t* request, int status) {
  must(status);
  trace(request == &requests[0] ? "connect-1" : "connect-2");
  uv_close((uv_handle_t*)request->handle, NULL);
  connects++;
}

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  trace("connection");
  must(uv_pipe_init(stream->loop, &accepted[connections], 0));
  must(uv_accept(stream, (uv_stream_t*)&accepted[connections++]));
}

static void connect_both(uv_loop_t* loop) {
  for (int i = 0; i < 2; i++) {
    must(uv_pipe_init(loop, &clients[i], 0));
    uv_pipe_connect(&requests[i], &clients[i], path, on_connect);
  }
}

static void on_prepare(uv_prepare_t* prepare) {
  trace("prepare");
  uv_prepare_stop(prepare);
  connect_both(prepare->loop);
}

static void on_async(uv_async_t* async) {
  trace("async");
  connect_both(async->loop);
}

static void scenario(uv_loop_t* loop) {
  uv_prepare_t prepare;
  uv_async_t async;
  snprintf(path, sizeof path, NAMES_OF_PIPES "violet-order-%d.sock", (int)getpid());
  must(uv_pipe_init(loop, &server, 0));
  must(uv_pipe_bind(&server, path));
  must(uv_listen((uv_stream_t*)&server, 8, on_connection));
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  while (connects < 2)
    must(uv_run(loop, UV_RUN_ONCE));
  uv_close((uv_handle_t*)&prepare, NULL);
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_send(&async));
  while (connects < 4)
    must(uv_run(loop, UV_RUN_ONCE));
  uv_close((uv_handle_t*)&async, NULL);
  uv_close((uv_handle_t*)&server, NULL);
  uv_run(loop, UV_RUN_NOWAIT);
}
