/*
 * A connection that the other side resets ends with UV_ECONNRESET, once.
 *
 * rules: READ-16
 * total: read(status=ECONNRESET)
 */
#include "pairs.h"

static uv_tcp_t stream;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  if (nread == 0) return;
  trace_status("read", nread);
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  struct linger at_once = {1, 0};
  int ends[2];
  tcp_sockets(ends);
  must(uv_tcp_init(loop, &stream));
  must(uv_tcp_open(&stream, ends[0]));
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  check(setsockopt(ends[1], SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
  close(ends[1]);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
