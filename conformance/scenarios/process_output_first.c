/*
 * A child that wrote has ended when the loop looks: what it wrote comes first, then the end of its
 * output, then its exit.
 *
 * rules: PROC-08
 * total: output(bytes=6), end, exit
 */

#include "pairs.h"

#include <sys/wait.h>

static uv_process_t process;
static uv_pipe_t output;

static void on_process_exit(uv_process_t* handle, int64_t status, int signal_number) {
  (void)handle;
  check(status == 0 && signal_number == 0);
  trace("exit");
}

static void on_alloc(uv_handle_t* handle, size_t suggested, uv_buf_t* buffer) {
  static char bytes[1024];
  (void)handle;
  (void)suggested;
  *buffer = uv_buf_init(bytes, sizeof bytes);
}

static void on_read(uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
  (void)buffer;
  if (count > 0) {
    trace_int("output", "bytes", count);
  } else if (count < 0) {
    check(count == UV_EOF);
    trace("end");
    check(uv_read_stop(stream) == 0);
  }
}

static void scenario(uv_loop_t* loop) {
  char* args[3] = {(char*)"echo", (char*)"words", NULL};
  uv_process_options_t options;
  uv_stdio_container_t stdio[2];
  siginfo_t info;
  memset(&options, 0, sizeof options);
  memset(stdio, 0, sizeof stdio);
  must(uv_pipe_init(loop, &output, 0));
  stdio[0].flags = UV_IGNORE;
  stdio[1].flags = (uv_stdio_flags)(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  stdio[1].data.stream = (uv_stream_t*)&output;
  options.file = args[0];
  options.args = args;
  options.stdio = stdio;
  options.stdio_count = 2;
  options.exit_cb = on_process_exit;
  must(uv_spawn(loop, &process, &options));
  must(uv_read_start((uv_stream_t*)&output, on_alloc, on_read));
  check(waitid(P_PID, (id_t)process.pid, &info, WEXITED | WNOWAIT) == 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
