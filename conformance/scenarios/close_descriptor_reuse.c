/*
 * A stream closed in the poll phase frees its descriptor at once; another stream that is opened
 * there with the same number gets its own events, not those of the first.
 *
 * rules: CLOSE-15
 * total: first(bytes=1), second(bytes=3)
 */
#include "pairs.h"

static uv_pipe_t first;
static uv_pipe_t second;
static int first_peer;
static int second_peer;

static void on_second(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_int("second", "bytes", nread);
  must(uv_read_stop(stream));
}

static void on_first(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_int("first", "bytes", nread);
  send_bytes(first_peer, "yy"); /* readable still, but nobody is to hear of it */
  uv_close((uv_handle_t*)stream, NULL);
  second_peer = pipe_and_peer(stream->loop, &second);
  must(uv_read_start((uv_stream_t*)&second, give_buffer, on_second));
  send_bytes(second_peer, "zzz");
}

static void give_one_byte(uv_handle_t* handle, size_t suggested, uv_buf_t* buf) {
  static char memory[1];
  (void)handle;
  (void)suggested;
  *buf = uv_buf_init(memory, 1);
}

static void scenario(uv_loop_t* loop) {
  first_peer = pipe_and_peer(loop, &first);
  send_bytes(first_peer, "x");
  must(uv_read_start((uv_stream_t*)&first, give_one_byte, on_first));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(first_peer);
  close(second_peer);
}
