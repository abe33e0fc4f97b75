/*
 * A program reads the flags of a stream that reads to the end, shuts down and is closed.
 *
 * rules: SEEN-05
 * total: c008, d00c, c808, 4108, 4208, 0209, 0203
 */
#include <stdio.h>
#include <sys/socket.h>

#include "trace.h"

static uv_pipe_t stream;
static uv_shutdown_t shutting;

static void show(void) {
  char text[16];
  snprintf(text, sizeof(text), "%04x", stream.flags);
  trace(text);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  show();
}

static void on_shutdown(uv_shutdown_t* request, int status) {
  (void)request;
  must(status);
  show();
  uv_close((uv_handle_t*)&stream, on_closed);
  show();
}

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buffer) {
  static char room[64];
  (void)handle, (void)size;
  *buffer = uv_buf_init(room, sizeof(room));
}

static void on_read(uv_stream_t* handle, ssize_t count, const uv_buf_t* buffer) {
  (void)buffer;
  if (count == UV_EOF) show();
  must(uv_read_start(handle, on_alloc, on_read));
  must(uv_read_stop(handle));
  must(uv_shutdown(&shutting, handle, on_shutdown));
  show();
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  must(uv_pipe_init(loop, &stream, 0));
  must(uv_pipe_open(&stream, ends[0]));
  show();
  must(uv_read_start((uv_stream_t*)&stream, on_alloc, on_read));
  show();
  must(shutdown(ends[1], SHUT_WR));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
