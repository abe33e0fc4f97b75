/*
 * A write started in a write callback goes after those that are queued, and its own callback comes
 * later.
 *
 * rules: WRITE-02, WRITE-18
 * total: write-1, write-2, write-3, peer(text=123)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t requests[3];

static void on_write(uv_write_t* request, int status) {
  static const char* names[] = {"write-1", "write-2", "write-3"};
  uv_buf_t buf = uv_buf_init((char*)"3", 1);
  must(status);
  trace(names[request - requests]);
  if (request == &requests[0]) must(uv_write(&requests[2], request->handle, &buf, 1, on_write));
}

static void scenario(uv_loop_t* loop) {
  char memory[8] = {0};
  uv_buf_t one = uv_buf_init((char*)"1", 1);
  uv_buf_t two = uv_buf_init((char*)"2", 1);
  int peer = pipe_and_peer(loop, &stream);
  must(uv_write(&requests[0], (uv_stream_t*)&stream, &one, 1, on_write));
  must(uv_write(&requests[1], (uv_stream_t*)&stream, &two, 1, on_write));
  must(uv_run(loop, UV_RUN_DEFAULT));
  check(read(peer, memory, sizeof memory - 1) == 3);
  trace_text("peer", "text", memory);
  close(peer);
}
