/*
 * Two streams are readable in the same poll. The first that gets its callback closes the other,
 * which then gets none: which one is first is left open.
 *
 * rules: POLL-01, CLOSE-05, CLOSE-14, POLL-05
 * total: read, closed
 */
#include "pairs.h"

static uv_pipe_t streams[2];

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_read(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf) {
  uv_pipe_t* other = stream == (uv_stream_t*)&streams[0] ? &streams[1] : &streams[0];
  (void)buf;
  check(nread == 1);
  trace("read");
  must(uv_read_stop(stream));
  uv_close((uv_handle_t*)other, on_closed);
}

static void scenario(uv_loop_t* loop) {
  int peers[2];
  int i;
  for (i = 0; i < 2; i++) {
    peers[i] = pipe_and_peer(loop, &streams[i]);
    send_bytes(peers[i], "x");
    must(uv_read_start((uv_stream_t*)&streams[i], give_buffer, on_read));
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
  for (i = 0; i < 2; i++)
    close(peers[i]);
}
