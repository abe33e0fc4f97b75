/*
 * Handles sent over an IPC pipe arrive in the order of the writes, each with the data of its write
 * or before it, and wait until they are accepted.
 *
 * rules: CONN-14, CONN-15
 * count: sent(status=OK) = 2
 * order: first < second
 * count: first = 1
 * count: second = 1
 * count: none-left(status=EAGAIN) = 1
 * order: second < none-left(status=EAGAIN)
 */
#include "pairs.h"

static uv_pipe_t left;
static uv_pipe_t right;
static uv_pipe_t carried[2];
static uv_pipe_t received[3];
static uv_write_t requests[2];
static int peers[2];
static int count;

static void on_sent(uv_write_t* request, int status) {
  (void)request;
  trace_status("sent", status);
}

/* What was sent shows by what its other end hears. */
static void identify(uv_pipe_t* pipe) {
  uv_buf_t buf = uv_buf_init((char*)"x", 1);
  char memory[1];
  must(uv_try_write((uv_stream_t*)pipe, &buf, 1));
  if (recv(peers[0], memory, 1, MSG_DONTWAIT) == 1) trace("first");
  if (recv(peers[1], memory, 1, MSG_DONTWAIT) == 1) trace("second");
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  check(nread >= 0);
  while (uv_pipe_pending_count((uv_pipe_t*)handle) > 0) {
    check(uv_pipe_pending_type((uv_pipe_t*)handle) == UV_NAMED_PIPE);
    must(uv_pipe_init(handle->loop, &received[count], 0));
    must(uv_accept(handle, (uv_stream_t*)&received[count]));
    identify(&received[count++]);
  }
  if (count < 2) return;
  must(uv_pipe_init(handle->loop, &received[2], 0));
  trace_status("none-left", uv_accept(handle, (uv_stream_t*)&received[2]));
  must(uv_read_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"h", 1);
  int ends[2];
  int i;
  pipe_ends(ends);
  must(uv_pipe_init(loop, &left, 1));
  must(uv_pipe_init(loop, &right, 1));
  must(uv_pipe_open(&left, ends[0]));
  must(uv_pipe_open(&right, ends[1]));
  for (i = 0; i < 2; i++) {
    peers[i] = pipe_and_peer(loop, &carried[i]);
    must(uv_write2(&requests[i], (uv_stream_t*)&left, &buf, 1, (uv_stream_t*)&carried[i], on_sent));
  }
  must(uv_read_start((uv_stream_t*)&right, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
  for (i = 0; i < 2; i++)
    close(peers[i]);
}
