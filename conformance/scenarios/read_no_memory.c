/*
 * An allocation callback that gives no memory makes the read callback run with UV_ENOBUFS; nothing
 * is lost.
 *
 * rules: READ-12
 * total: read(status=ENOBUFS), read(status=OK)
 */
#include "pairs.h"

static uv_pipe_t stream;
static int asked;

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  if (asked++ == 0) {
    *buf = uv_buf_init(NULL, 0);
  } else {
    give_buffer(handle, suggested, buf);
  }
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_status("read", nread);
  must(uv_read_stop(handle));
  if (nread < 0) must(uv_read_start(handle, on_alloc, on_read));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  send_bytes(peer, "abc");
  must(uv_read_start((uv_stream_t*)&stream, on_alloc, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
