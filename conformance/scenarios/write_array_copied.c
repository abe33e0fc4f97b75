/*
 * The array of buffers may be reused as soon as uv_write() returns; the memory they point to may
 * not. Several buffers leave in order, empty ones among them.
 *
 * rules: WRITE-16, WRITE-17
 * total: write(status=OK), empty(status=OK), peer(text=onetwo)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;
static uv_write_t empty;

static void on_write(uv_write_t* write, int status) {
  trace_status(write == &request ? "write" : "empty", status);
}

static void scenario(uv_loop_t* loop) {
  char memory[16] = {0};
  uv_buf_t bufs[3];
  int peer = pipe_and_peer(loop, &stream);
  bufs[0] = uv_buf_init((char*)"one", 3);
  bufs[1] = uv_buf_init((char*)"", 0);
  bufs[2] = uv_buf_init((char*)"two", 3);
  must(uv_write(&request, (uv_stream_t*)&stream, bufs, 3, on_write));
  must(uv_write(&empty, (uv_stream_t*)&stream, &bufs[1], 1, on_write));
  memset(bufs, 0xAA, sizeof bufs);
  must(uv_run(loop, UV_RUN_DEFAULT));
  check(read(peer, memory, sizeof memory - 1) > 0);
  trace_text("peer", "text", memory);
  close(peer);
}
