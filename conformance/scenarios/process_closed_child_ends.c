/*
 * A child that ends while its loop runs, but after its handle was closed, brings no exit callback.
 *
 * rules: PROC-06, CLOSE-05
 * total: closed, child-ended
 */
#include "programs.h"

static uv_process_t process;
static uv_idle_t idle;
static uv_pipe_t input;
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
  uv_close((uv_handle_t*)&input, NULL); /* Now the child reads its end, and ends. */
}

/* The loop goes on for two iterations more than the child. */
static void on_idle(uv_idle_t* handle) {
  static int since;
  if (!has_ended(child)) return;
  if (since++ == 0) trace("child-ended");
  if (since == 3) must(uv_idle_stop(handle));
}

static void scenario(uv_loop_t* loop) {
  start_waiting_shell(loop, &process, &input, on_process_exit);
  child = uv_process_get_pid(&process);
  must(uv_idle_init(loop, &idle));
  must(uv_idle_start(&idle, on_idle));
  uv_close((uv_handle_t*)&process, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
