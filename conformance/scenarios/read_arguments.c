/*
 * uv_read_start() refuses a missing callback, a stream that reads already, that is not connected,
 * or that is closing; uv_read_stop() never fails.
 *
 * rules: READ-13, READ-14
 * total: no-callback(status=EINVAL), unconnected(status=ENOTCONN), started(status=OK),
 * total: again(status=EALREADY), stopped(status=OK), stopped(status=OK), closing(status=EINVAL),
 * total: stopped(status=OK)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_pipe_t loose;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)nread;
  (void)buf;
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  uv_stream_t* handle = (uv_stream_t*)&stream;
  must(uv_pipe_init(loop, &loose, 0));
  trace_status("no-callback", uv_read_start(handle, give_buffer, NULL));
  trace_status("unconnected", uv_read_start((uv_stream_t*)&loose, give_buffer, on_read));
  trace_status("started", uv_read_start(handle, give_buffer, on_read));
  trace_status("again", uv_read_start(handle, give_buffer, on_read));
  trace_status("stopped", uv_read_stop(handle));
  trace_status("stopped", uv_read_stop(handle));
  uv_close((uv_handle_t*)handle, NULL);
  trace_status("closing", uv_read_start(handle, give_buffer, on_read));
  trace_status("stopped", uv_read_stop(handle));
  close(peer);
}
