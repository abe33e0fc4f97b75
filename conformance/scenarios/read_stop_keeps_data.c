/*
 * uv_read_stop() in a read callback takes effect at once, although more data is there; the rest
 * comes when reading starts again, nothing lost and in order.
 *
 * rules: READ-04, READ-05, READ-06
 * total: read(text=ab), stopped, read(text=cd), read(text=ef)
 */
#include "pairs.h"

static uv_pipe_t stream;
static int reads;

static void give_two_bytes(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  static char memory[2];
  (void)handle;
  (void)suggested;
  *buf = uv_buf_init(memory, sizeof memory);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  char text[3] = {0};
  check(nread == 2);
  memcpy(text, buf->base, 2);
  trace_text("read", "text", text);
  reads++;
  if (reads != 2) must(uv_read_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  send_bytes(peer, "abcdef");
  must(uv_read_start((uv_stream_t*)&stream, give_two_bytes, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("stopped");
  must(uv_read_start((uv_stream_t*)&stream, give_two_bytes, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
