/*
 * A connected stream is inactive and does not keep the loop alive; reading makes it active,
 * stopping inactive again.
 *
 * rules: READ-17
 * total: opened(active=0), reading(active=1), stopped(active=0), returned(more=0)
 */
#include "pairs.h"

static uv_pipe_t stream;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)nread;
  (void)buf;
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  uv_handle_t* handle = (uv_handle_t*)&stream;
  trace_int("opened", "active", uv_is_active(handle) != 0);
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  trace_int("reading", "active", uv_is_active(handle) != 0);
  must(uv_read_stop((uv_stream_t*)&stream));
  trace_int("stopped", "active", uv_is_active(handle) != 0);
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
