/*
 * A process handle closed before its child ends: no exit callback. The child lives on.
 *
 * rules: PROC-06, CLOSE-05
 * total: closed, child(alive=1)
 */
#include "pairs.h"

static uv_process_t process;

static void on_process_exit(uv_process_t* handle, int64_t status, int signal_number) {
  (void)handle;
  (void)status;
  (void)signal_number;
  trace("exit");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  char* args[] = {(char*)"cat", NULL};
  uv_process_options_t options;
  uv_stdio_container_t stdio[1];
  int ends[2];
  int child;
  local_sockets(ends);
  check(fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0);
  stdio[0].flags = UV_INHERIT_FD;
  stdio[0].data.fd = ends[1];
  memset(&options, 0, sizeof options);
  options.file = "/bin/cat"; /* ends when we close our end of its input */
  options.args = args;
  options.exit_cb = on_process_exit;
  options.stdio = stdio;
  options.stdio_count = 1;
  must(uv_spawn(loop, &process, &options));
  child = uv_process_get_pid(&process);
  uv_close((uv_handle_t*)&process, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("child", "alive", uv_kill(child, 0) == 0);
  close(ends[0]);
  close(ends[1]);
}
