/*
 * Reads from the socket it inherited and listens on a port, which it prints; then ends.
 *
 *     holder FD WAY
 *
 * WAY     exit    in a callback
 *         return  from main(), after the run
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static uv_loop_t loop;
static uv_pipe_t channel;
static uv_tcp_t server;
static uv_timer_t timer;
static int exits;

static void must(int result) {
  if (result >= 0) return;
  fprintf(stderr, "%s\n", uv_strerror(result));
  abort();
}

static void on_connection(uv_stream_t* stream, int status) {
  (void)stream;
  (void)status;
}

static void allocate(uv_handle_t* handle, size_t size, uv_buf_t* buffer) {
  static char bytes[256];
  (void)handle;
  (void)size;
  *buffer = uv_buf_init(bytes, sizeof(bytes));
}

static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  (void)stream;
  (void)count;
  (void)buffer;
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  if (exits) exit(0);
  uv_stop(&loop);
}

int main(int count, char** arguments) {
  struct sockaddr_in address;
  int size = sizeof(address);
  if (count != 3) return 2;
  exits = strcmp(arguments[2], "exit") == 0;
  must(uv_loop_init(&loop));
  must(uv_pipe_init(&loop, &channel, 1));
  must(uv_pipe_open(&channel, atoi(arguments[1])));
  must(uv_read_start((uv_stream_t*)&channel, allocate, on_read));
  must(uv_ip4_addr("127.0.0.1", 0, &address));
  must(uv_tcp_init(&loop, &server));
  must(uv_tcp_bind(&server, (struct sockaddr*)&address, 0));
  must(uv_listen((uv_stream_t*)&server, 8, on_connection));
  must(uv_tcp_getsockname(&server, (struct sockaddr*)&address, &size));
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  must(uv_timer_init(&loop, &timer));
  must(uv_timer_start(&timer, on_timer, 1, 0));
  uv_run(&loop, UV_RUN_DEFAULT);
  return 0;
}
