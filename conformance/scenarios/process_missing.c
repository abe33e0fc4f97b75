/*
 * A program that does not exist is told by uv_spawn(); the exit callback does not run, and the
 * handle can be closed.
 *
 * rules: PROC-04
 * total: spawn(status=ENOENT), active(value=0), closed
 */
#include "trace.h"

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
  char* args[2] = {(char*)"none", NULL};
  uv_process_options_t options;
  memset(&options, 0, sizeof options);
  options.file = "/no/such/program";
  options.args = args;
  options.exit_cb = on_process_exit;
  trace_status("spawn", uv_spawn(loop, &process, &options));
  trace_int("active", "value", uv_is_active((uv_handle_t*)&process) != 0);
  uv_close((uv_handle_t*)&process, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
