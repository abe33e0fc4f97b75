/*
 * A process handle closed before its child ends: no exit callback. The child lives on.
 *
 * rules: PROC-06, CLOSE-05
 * total: closed, child(alive=1)
 */
#include "programs.h"

static uv_process_t process;
static uv_pipe_t input;

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
  int child;
  start_waiting_shell(loop, &process, &input, on_process_exit);
  child = uv_process_get_pid(&process);
  uv_close((uv_handle_t*)&process, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("child", "alive", uv_kill(child, 0) == 0);
}
