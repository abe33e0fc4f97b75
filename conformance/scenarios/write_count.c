/*
 * No buffers, or more than INT_MAX, are refused first, whatever else is wrong.
 *
 * rules: WRITE-25
 * needs: uv_tcp_keepalive_ex
 * total: write(status=EINVAL), try(status=EINVAL), many(status=EINVAL), unopened(status=EBADF)
 */
#include "pairs.h"

static void scenario(uv_loop_t* loop) {
  static uv_pipe_t pipe;
  static uv_write_t request;
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  uv_stream_t* stream = (uv_stream_t*)&pipe;
  must(uv_pipe_init(loop, &pipe, 0));
  trace_status("write", uv_write(&request, stream, &buf, 0, NULL));
  trace_status("try", uv_try_write(stream, &buf, 0));
  trace_status("many", uv_write(&request, stream, &buf, 1u << 31, NULL));
  trace_status("unopened", uv_write(&request, stream, &buf, 1, NULL));
}
