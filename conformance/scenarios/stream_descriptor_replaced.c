/*
 * While a stream does not read, the program puts another socket in the place of the one that it
 * gave the handle (dup2, as who opens standard input anew does). Reading again, the handle has that
 * socket's bytes, whether or not the loop has run in between.
 *
 * rules: READ-21
 * total: quiet, read(bytes=1), read(bytes=1), quiet, read(bytes=1), read(bytes=1)
 */
#include "pairs.h"

static char memory[16];

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  (void)handle;
  (void)suggested;
  *buffer = uv_buf_init(memory, sizeof memory);
}

static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  (void)buffer;
  if (count == 0) return;
  trace_int("read", "bytes", count);
  must(uv_read_stop(stream));
}

/* The other end of the socket that is at the place now. */
static int replace(int place) {
  int ends[2];
  local_sockets(ends);
  check(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
  check(dup2(ends[0], place) == place);
  close(ends[0]);
  return ends[1];
}

static void read_byte_of(uv_stream_t* stream, int other_end) {
  send_bytes(other_end, "x");
  must(uv_run(stream->loop, UV_RUN_DEFAULT));
  close(other_end);
}

static void replace_twice(uv_stream_t* stream, int place) {
  must(uv_read_start(stream, on_alloc, on_read));
  must(uv_run(stream->loop, UV_RUN_NOWAIT));
  must(uv_read_stop(stream));
  int other_end = replace(place);
  must(uv_read_start(stream, on_alloc, on_read));
  must(uv_run(stream->loop, UV_RUN_NOWAIT));
  trace("quiet");
  read_byte_of(stream, other_end);
  must(uv_run(stream->loop, UV_RUN_NOWAIT));
  other_end = replace(place);
  must(uv_read_start(stream, on_alloc, on_read));
  read_byte_of(stream, other_end);
  uv_close((uv_handle_t*)stream, NULL);
  must(uv_run(stream->loop, UV_RUN_DEFAULT));
}

static void scenario(uv_loop_t* loop) {
  uv_pipe_t pipe;
  uv_tcp_t tcp;
  int ends[2];
  local_sockets(ends);
  must(uv_pipe_init(loop, &pipe, 0));
  must(uv_pipe_open(&pipe, ends[0]));
  replace_twice((uv_stream_t*)&pipe, ends[0]);
  close(ends[1]);
  tcp_sockets(ends);
  must(uv_tcp_init(loop, &tcp));
  must(uv_tcp_open(&tcp, ends[0]));
  replace_twice((uv_stream_t*)&tcp, ends[0]);
  close(ends[1]);
}
