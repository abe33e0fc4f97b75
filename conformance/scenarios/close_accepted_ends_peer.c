/*
 * Closing an accepted connection that reads ends it for the other side at once, without the loop.
 *
 * rules: CLOSE-17
 * total: closed, peer(bytes=0)
 */
#include "pairs.h"

#include <poll.h>

static uv_tcp_t server;
static uv_tcp_t accepted;

static void on_connection(uv_stream_t* stream, int status) {
  must(status);
  must(uv_tcp_init(stream->loop, &accepted));
  must(uv_accept(stream, (uv_stream_t*)&accepted));
  uv_close((uv_handle_t*)stream, NULL);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)nread;
  (void)buf;
}

static void scenario(uv_loop_t* loop) {
  struct sockaddr_in address = loopback(0);
  int length = sizeof address;
  int peer = socket(AF_INET, SOCK_STREAM, 0);
  struct pollfd readable = {peer, POLLIN, 0};
  char memory[1];
  must(uv_tcp_init(loop, &server));
  must(uv_tcp_bind(&server, (struct sockaddr*)&address, 0));
  must(uv_listen((uv_stream_t*)&server, 4, on_connection));
  must(uv_tcp_getsockname(&server, (struct sockaddr*)&address, &length));
  check(connect(peer, (struct sockaddr*)&address, sizeof address) == 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_read_start((uv_stream_t*)&accepted, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_NOWAIT));
  uv_close((uv_handle_t*)&accepted, NULL);
  trace("closed");
  trace_int("peer", "bytes", poll(&readable, 1, 2000) == 1 ? recv(peer, memory, 1, 0) : -1);
  close(peer);
}
