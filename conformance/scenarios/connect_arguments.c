/*
 * A second connect while one is under way is UV_EALREADY, an address of another family UV_EINVAL;
 * neither gets a callback.
 *
 * rules: CONN-06
 * total: family(status=EINVAL), again(status=EALREADY), connect(status=OK)
 */
#include "pairs.h"

static uv_tcp_t server;
static uv_tcp_t client;
static uv_connect_t request;
static uv_connect_t second;

static void on_connection(uv_stream_t* stream, int status) {
  (void)stream;
  (void)status;
}

static void on_connect(uv_connect_t* connect, int status) {
  check(connect == &request);
  trace_status("connect", status);
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = tcp_listen(loop, &server, 1, on_connection);
  struct sockaddr wrong;
  memset(&wrong, 0, sizeof wrong);
  wrong.sa_family = AF_UNIX;
  uv_unref((uv_handle_t*)&server);
  must(uv_tcp_init(loop, &client));
  trace_status("family", uv_tcp_connect(&second, &client, &wrong, on_connect));
  must(uv_tcp_connect(&request, &client, (struct sockaddr*)&address, on_connect));
  trace_status("again", uv_tcp_connect(&second, &client, (struct sockaddr*)&address, on_connect));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
