/*
 * A child that wrote has ended when the loop looks: what it wrote comes first, then the end of its
 * output, then its exit.
 *
 * rules: PROC-08
 * total: output(text=words), end, exit
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
  start_telling_shell(loop, &process, &output, "echo words", on_process_exit, on_read);
  wait_for_its_end(uv_process_get_pid(&process));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
