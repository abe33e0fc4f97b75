/*
 * A child that ends while its loop runs, but after its handle was closed, brings no exit callback.
 *
 * rules: PROC-06, CLOSE-05
 * total: closed, child-ended
 */
#include "pairs.h"

#include <sys/wait.h>

static uv_process_t process;
static uv_idle_t idle;
static int ends[2];
static int child;

static void on_process_exit(uv_process_t* handle, int64_t status, int signal_number) {
  (void)handle;
  (void)status;
  (void)signal_number;
  trace("exit");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
  close(ends[0]); /* Now the child reads the end of its input, and ends. */
}

/* Whether the child has ended; its exit status is left to the loop. */
static int has_ended(void) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}

/* The loop goes on for two iterations more than the child. */
static void on_idle(uv_idle_t* handle) {
  static int since;
  if (!has_ended()) return;
  if (since++ == 0) trace("child-ended");
  if (since == 3) must(uv_idle_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  char* args[] = {(char*)"cat", NULL};
  uv_process_options_t options;
  uv_stdio_container_t stdio[1];
  local_sockets(ends);
  check(fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0);
  stdio[0].flags = UV_INHERIT_FD;
  stdio[0].data.fd = ends[1];
  memset(&options, 0, sizeof options);
  options.file = "/bin/cat";
  options.args = args;
  options.exit_cb = on_process_exit;
  options.stdio = stdio;
  options.stdio_count = 1;
  must(uv_spawn(loop, &process, &options));
  child = uv_process_get_pid(&process);
  close(ends[1]);
  must(uv_idle_init(loop, &idle));
  must(uv_idle_start(&idle, on_idle));
  uv_close((uv_handle_t*)&process, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
