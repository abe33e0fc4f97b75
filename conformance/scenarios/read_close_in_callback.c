/*
 * A stream closed in its read callback reads no more, although more data is there.
 *
 * rules: READ-15, CLOSE-05
 * total: read, closed
 */
#include "pairs.h"

static uv_pipe_t stream;

static void give_one_byte(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  static char memory[1];
  (void)handle;
  (void)suggested;
  *buf = uv_buf_init(memory, 1);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  check(nread == 1);
  trace("read");
  uv_close((uv_handle_t*)handle, on_closed);
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  send_bytes(peer, "abcdef");
  must(uv_read_start((uv_stream_t*)&stream, give_one_byte, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
