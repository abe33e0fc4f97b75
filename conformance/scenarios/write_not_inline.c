/*
 * A write's callback never runs inside uv_write(), even where the data leaves at once. Callbacks of
 * writes to one stream run in the order of the writes.
 *
 * rules: WRITE-01, WRITE-02, RE-01
 * total: written, write-1(status=OK), write-2(status=OK), write-3(status=OK), peer(bytes=6)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t requests[3];

static void on_write(uv_write_t* request, int status) {
  static const char* names[] = {"write-1", "write-2", "write-3"};
  trace_status(names[request - requests], status);
}

static void scenario(uv_loop_t* loop) {
  static char text[] = "aabbcc";
  char memory[16];
  int peer = pipe_and_peer(loop, &stream);
  int i;
  for (i = 0; i < 3; i++) {
    uv_buf_t buf = uv_buf_init(text + 2 * i, 2);
    must(uv_write(&requests[i], (uv_stream_t*)&stream, &buf, 1, on_write));
  }
  trace("written");
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("peer", "bytes", read(peer, memory, sizeof memory));
  check(memcmp(memory, text, 6) == 0);
  close(peer);
}
