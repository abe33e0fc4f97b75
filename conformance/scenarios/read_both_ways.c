/*
 * A stream that reads and writes to itself through its peer: after uv_read_stop() writes go on, and
 * an end of the other side's writing does not end ours.
 *
 * rules: READ-18, WRITE-11
 * total: end(status=EOF), write(status=OK), peer(bytes=4)
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;
static int peer;

static void on_write(uv_write_t* write, int status) {
  char memory[8];
  (void)write;
  trace_status("write", status);
  trace_int("peer", "bytes", read(peer, memory, sizeof memory));
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  uv_buf_t answer = uv_buf_init((char*)"late", 4);
  (void)buf;
  if (nread == 0) return;
  trace_status("end", nread);
  must(uv_write(&request, handle, &answer, 1, on_write));
}

static void scenario(uv_loop_t* loop) {
  peer = pipe_and_peer(loop, &stream);
  check(shutdown(peer, SHUT_WR) == 0);
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
