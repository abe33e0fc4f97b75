/*
 * uv_try_write() writes what fits now, says how much, and leaves nothing queued; when nothing fits
 * it is UV_EAGAIN.
 *
 * rules: WRITE-06, WRITE-07
 * total: small(bytes=5), queue(bytes=0), full(status=EAGAIN), queue(bytes=0)
 */
#include "pairs.h"

static uv_pipe_t stream;
static char much[65536];

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  uv_stream_t* handle = (uv_stream_t*)&stream;
  uv_buf_t buf = uv_buf_init(much, 5);
  int result;
  trace_int("small", "bytes", uv_try_write(handle, &buf, 1));
  trace_int("queue", "bytes", (long long)uv_stream_get_write_queue_size(handle));
  buf.len = sizeof much;
  do {
    result = uv_try_write(handle, &buf, 1);
  } while (result > 0);
  trace_status("full", result);
  trace_int("queue", "bytes", (long long)uv_stream_get_write_queue_size(handle));
  close(peer);
}
