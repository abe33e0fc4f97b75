/*
 * A program reads the flags of a stream that reads to the end, shuts down and is closed.
 *
 * rules: SEEN-05
 * total: open, reading, ended, shutting, shut, closing, closed
 */
#include <sys/socket.h>

#include "trace.h"

static uv_pipe_t stream;
static uv_shutdown_t shutting;

/* The event, if the flags are what the moment wants. */
static void show(unsigned int flags, const char* event) {
  if (stream.flags == flags) trace(event);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  show(0x203, "closed");
}

static void on_shutdown(uv_shutdown_t* request, int status) {
  (void)request;
  must(status);
  show(0x4208, "shut");
  uv_close((uv_handle_t*)&stream, on_closed);
  show(0x209, "closing");
}

static void on_alloc(uv_handle_t* handle, size_t size, uv_buf_t* buffer) {
  static char room[64];
  (void)handle, (void)size;
  *buffer = uv_buf_init(room, sizeof(room));
}

static void on_read(uv_stream_t* handle, ssize_t count, const uv_buf_t* buffer) {
  (void)buffer;
  if (count == UV_EOF) show(0xc808, "ended");
  must(uv_read_start(handle, on_alloc, on_read));
  must(uv_read_stop(handle));
  must(uv_shutdown(&shutting, handle, on_shutdown));
  show(0x4108, "shutting");
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  must(uv_pipe_init(loop, &stream, 0));
  must(uv_pipe_open(&stream, ends[0]));
  show(0xc008, "open");
  must(uv_read_start((uv_stream_t*)&stream, on_alloc, on_read));
  show(0xd00c, "reading");
  must(shutdown(ends[1], SHUT_WR));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
