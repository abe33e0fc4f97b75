/*
 * A child's output and its exit: all of the output arrives, then UV_EOF; whether the exit callback
 * comes before or after is left open.
 *
 * rules: PROC-05
 * count: output(bytes=6) = 1
 * count: end = 1
 * count: exit = 1
 * order: output < end
 */
#include "pairs.h"

static uv_process_t process;
static uv_pipe_t output;
static size_t count;

static void on_process_exit(uv_process_t* handle, int64_t status, int signal_number) {
  (void)handle;
  check(status == 0 && signal_number == 0);
  trace("exit");
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  if (nread >= 0) {
    count += (size_t)nread;
    return;
  }
  check(nread == UV_EOF);
  trace_int("output", "bytes", (long long)count);
  trace("end");
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  char* args[] = {(char*)"sh", (char*)"-c", (char*)"echo hello", NULL};
  uv_process_options_t options;
  uv_stdio_container_t stdio[2];
  must(uv_pipe_init(loop, &output, 0));
  stdio[0].flags = UV_IGNORE;
  stdio[1].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
  stdio[1].data.stream = (uv_stream_t*)&output;
  memset(&options, 0, sizeof options);
  options.file = "/bin/sh";
  options.args = args;
  options.exit_cb = on_process_exit;
  options.stdio = stdio;
  options.stdio_count = 2;
  must(uv_spawn(loop, &process, &options));
  must(uv_read_start((uv_stream_t*)&output, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
