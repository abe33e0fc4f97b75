/*
 * The first eight writes of a stream are with the kernel when uv_write() returns, if the loop does
 * not run: the other end can be read at once. Between two runs they are counted anew.
 *
 * rules: WRITE-23
 * total: peer(text=12345678), write, write, write, write, write, write, write, write,
 * total: peer(text=12345678), write, write, write, write, write, write, write, write
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t requests[8];

static void on_write(uv_write_t* request, int status) {
  (void)request;
  must(status);
  trace("write");
}

static void write_and_read(int peer) {
  static char digits[] = "12345678";
  char memory[16] = {0};
  for (int i = 0; i < 8; i++) {
    uv_buf_t buf = uv_buf_init(digits + i, 1);
    must(uv_write(&requests[i], (uv_stream_t*)&stream, &buf, 1, on_write));
  }
  check(recv(peer, memory, sizeof memory, MSG_DONTWAIT) == 8);
  trace_text("peer", "text", memory);
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  write_and_read(peer);
  uv_run(loop, UV_RUN_NOWAIT);
  uv_run(loop, UV_RUN_NOWAIT);
  write_and_read(peer);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
