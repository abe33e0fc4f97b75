/*
 * After the last data comes UV_EOF, once; reading has then stopped, and the handle is inactive.
 *
 * rules: READ-09, READ-10, READ-11
 * total: read(bytes=3), end(status=EOF), active(value=0), returned(more=0)
 */
#include "pairs.h"

static uv_pipe_t stream;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  if (nread == 0) return;
  if (nread > 0) {
    trace_int("read", "bytes", nread);
    return;
  }
  trace_status("end", nread);
  trace_int("active", "value", uv_is_active((uv_handle_t*)handle));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  send_bytes(peer, "abc");
  close(peer);
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
}
