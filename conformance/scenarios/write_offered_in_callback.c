/*
 * What is written to a pipe(2) in a callback is with the kernel when uv_write() returns. (An engine
 * that sends with its next wait may keep what goes to a socket.)
 *
 * rules: WRITE-23
 * total: timer, peer(text=12345678), write, write, write, write, write, write, write, write
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_write_t requests[8];
static uv_file ends[2];

static void on_write(uv_write_t* request, int status) {
  must(status);
  trace("write");
  if (request == &requests[7]) uv_close((uv_handle_t*)&stream, NULL);
}

static void on_timer(uv_timer_t* timer) {
  static char digits[] = "12345678";
  char memory[16] = {0};
  trace("timer");
  for (int i = 0; i < 8; i++) {
    uv_buf_t buf = uv_buf_init(digits + i, 1);
    must(uv_write(&requests[i], (uv_stream_t*)&stream, &buf, 1, on_write));
  }
  check(read_now(ends[0], memory, sizeof memory) == 8);
  trace_text("peer", "text", memory);
  uv_close((uv_handle_t*)timer, NULL);
}

static void scenario(uv_loop_t* loop) {
  uv_timer_t timer;
  must(uv_pipe(ends, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE));
  must(uv_pipe_init(loop, &stream, 0));
  must(uv_pipe_open(&stream, ends[1]));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 0, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
}
