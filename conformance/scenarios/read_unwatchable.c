/*
 * What the system cannot watch counts as always readable: a stream on /dev/null ends at once, and
 * one on /dev/zero has something in every iteration.
 *
 * rules: READ-20
 * needs: uv_metrics_info
 * differs: libuv 1.44 aborts.
 * count: zero = 3
 * order: null(status=EOF) < ran(alive=0)
 * order: zero < ran
 */
#include "pairs.h"

#include <fcntl.h>

static uv_pipe_t null_stream;
static uv_pipe_t zero_stream;
static int zeros;

static void on_null(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  trace_status("null", nread);
  uv_close((uv_handle_t*)stream, NULL);
}

static void on_zero(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  if (nread <= 0) return;
  trace("zero");
  if (++zeros == 3) uv_close((uv_handle_t*)stream, NULL);
}

static void open_device(uv_loop_t* loop, const char* path, uv_pipe_t* pipe, uv_read_cb callback) {
  must(uv_pipe_init(loop, pipe, 0));
  must(uv_pipe_open(pipe, open(path, O_RDONLY | O_CLOEXEC)));
  must(uv_read_start((uv_stream_t*)pipe, give_buffer, callback));
}

static void scenario(uv_loop_t* loop) {
  open_device(loop, "/dev/null", &null_stream, on_null);
  open_device(loop, "/dev/zero", &zero_stream, on_zero);
  trace_int("ran", "alive", uv_run(loop, UV_RUN_DEFAULT));
}
