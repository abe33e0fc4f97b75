/*
 * A child's output and its exit: all of the output arrives, then UV_EOF; whether the exit callback
 * comes before or after is left open.
 *
 * rules: PROC-05
 * count: output(text=hello) = 1
 * count: end = 1
 * count: exit = 1
 * order: output < end
 */
#include "programs.h"

static uv_process_t process;
static uv_pipe_t output;

static void on_process_exit(uv_process_t* handle, int64_t status, int signal_number) {
  (void)handle;
  check(status == 0 && signal_number == 0);
  trace("exit");
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  if (keep_output(nread, buf)) return;
  trace_text("output", "text", line_of_output());
  trace("end");
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  start_telling_shell(loop, &process, &output, "echo hello", on_process_exit, on_read);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
