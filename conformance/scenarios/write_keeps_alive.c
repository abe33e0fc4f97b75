/*
 * A write under way keeps the loop alive, even if its stream is unreferenced.
 *
 * rules: REF-08, WRITE-19
 * total: alive(value=1), write(status=OK), returned(more=0)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;

static void on_write(uv_write_t* write, int status) {
  (void)write;
  trace_status("write", status);
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  int peer = pipe_and_peer(loop, &stream);
  uv_unref((uv_handle_t*)&stream);
  must(uv_write(&request, (uv_stream_t*)&stream, &buf, 1, on_write));
  trace_int("alive", "value", uv_loop_alive(loop) != 0);
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
