/*
 * A program that stops reading where it is asked for memory, and gives some, has it back through
 * the read callback, with no bytes; the data stays.
 *
 * rules: READ-19
 * total: alloc, back(same=1), stopped, alloc, read, alloc, back(same=1), closed
 */
#include "pairs.h"

static uv_pipe_t stream;
static char memory[100];

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void stop(uv_handle_t* handle) {
  must(uv_read_stop((uv_stream_t*)handle));
}
static void shut(uv_handle_t* handle) {
  uv_close(handle, on_closed);
}
static void go_on(uv_handle_t* handle) {
  (void)handle;
}
static void (*while_asked)(uv_handle_t*);

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  (void)suggested;
  trace("alloc");
  *buf = uv_buf_init(memory, sizeof memory);
  while_asked(handle);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  if (nread == 0) {
    trace_int("back", "same", buf->base == memory);
    return;
  }
  trace("read");
  must(uv_read_stop(handle));
}

static void read_once(uv_loop_t* loop, void (*while_asking)(uv_handle_t*)) {
  while_asked = while_asking;
  must(uv_read_start((uv_stream_t*)&stream, on_alloc, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  if (uv_version() < 0x013200) skip("libuv 1.44 calls a null pointer");
  send_bytes(peer, "abc");
  read_once(loop, stop);
  trace("stopped");
  read_once(loop, go_on);
  send_bytes(peer, "def");
  read_once(loop, shut);
  close(peer);
}
