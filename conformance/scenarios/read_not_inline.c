/*
 * Data that is there already is not delivered inside uv_read_start(), but in the poll phase; the
 * buffer is asked for right before its read callback.
 *
 * rules: READ-01, READ-02, READ-03, RE-01
 * total: started, prepare, alloc, read(bytes=5), check
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  trace("alloc");
  give_buffer(handle, suggested, buf);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  check(memcmp(buf->base, "hello", 5) == 0);
  trace_int("read", "bytes", nread);
  must(uv_read_stop(handle));
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  send_bytes(peer, "hello");
  must(uv_read_start((uv_stream_t*)&stream, on_alloc, on_read));
  trace("started");
  must(uv_run(loop, UV_RUN_NOWAIT));
  close(peer);
}
