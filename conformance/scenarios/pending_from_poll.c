/*
 * A write that is done at once in a callback of the poll phase (its queue is empty when uv_write()
 * returns) has its callback in the same iteration, before check. One that is left to the engine has
 * it by the end of the next poll phase.
 *
 * rules: PHASE-12
 * order: read < check
 * order: read < write
 * count: write = 1
 * never: late
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t request;
static uv_check_t check_handle;
static int done_at_once;
static int checks;

static void on_write(uv_write_t* write, int status) {
  must(status);
  trace("write");
  if (checks > (done_at_once ? 0 : 1)) trace("late");
  uv_stop(write->handle->loop);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  uv_buf_t answer = uv_buf_init((char*)"y", 1);
  (void)buf;
  check(nread == 1);
  trace("read");
  must(uv_write(&request, handle, &answer, 1, on_write));
  done_at_once = uv_stream_get_write_queue_size(handle) == 0;
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  if (checks++ == 0) trace("check");
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  send_bytes(peer, "x");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
