/*
 * Writes that the system can take are not lost by a uv_close() right after them: the other side
 * reads all of them, then the end; the callbacks say so, in order, before the close callback.
 *
 * rules: WRITE-21, CLOSE-13
 * total: closing, write(status=OK), write(status=OK), write(status=OK), closed
 * total: peer(text=abc, end=1)
 */
#include "pairs.h"

static uv_tcp_t stream;
static uv_write_t requests[3];

static void on_write(uv_write_t* request, int status) {
  static int next;
  check(request == &requests[next++]);
  trace_status("write", status);
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  char text[8] = {0};
  int ends[2];
  int i;
  size_t count = 0;
  ssize_t result;
  tcp_sockets(ends);
  must(uv_tcp_init(loop, &stream));
  must(uv_tcp_open(&stream, ends[0]));
  for (i = 0; i < 3; i++) {
    uv_buf_t buf = uv_buf_init((char*)&"abc"[i], 1);
    must(uv_write(&requests[i], (uv_stream_t*)&stream, &buf, 1, on_write));
  }
  uv_close((uv_handle_t*)&stream, on_closed);
  trace("closing");
  must(uv_run(loop, UV_RUN_DEFAULT));
  while ((result = read(ends[1], text + count, sizeof text - 1 - count)) > 0)
    count += (size_t)result;
  printf("{\"event\":\"%s\",\"text\":\"%s\",\"end\":%d}\n", "peer", text, result == 0);
  close(ends[1]);
}
