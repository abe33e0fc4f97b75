/*
 * A shutdown with nothing to write before it: its callback does not run inside the call, and the
 * other side reads the end.
 *
 * rules: WRITE-22, RE-01
 * total: requested, shutdown(status=OK), peer(bytes=0), read(bytes=1)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_shutdown_t request;
static int peer;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_int("read", "bytes", nread);
  must(uv_read_stop(handle));
}

static void on_shutdown(uv_shutdown_t* shutdown_request, int status) {
  char memory[1];
  trace_status("shutdown", status);
  trace_int("peer", "bytes", read(peer, memory, 1));
  send_bytes(peer, "x"); /* our reading side is still open */
  must(uv_read_start(shutdown_request->handle, give_buffer, on_read));
}

static void scenario(uv_loop_t* loop) {
  peer = pipe_and_peer(loop, &stream);
  must(uv_shutdown(&request, (uv_stream_t*)&stream, on_shutdown));
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
