/*
 * The exit callback runs once, with the exit status or the signal; the handle is active and keeps
 * the loop alive until then.
 *
 * rules: PROC-01, PROC-02, PROC-03
 * count: spawned(active=1) = 2
 * count: exit(status=7) = 1
 * count: killed(signal=15) = 1
 * order: spawned < exit < returned
 * order: spawned < killed < returned
 */
#include "trace.h"

static uv_process_t exits;
static uv_process_t killed;

static void on_process_exit(uv_process_t* process, int64_t status, int signal_number) {
  check(signal_number == 0 && !uv_is_active((uv_handle_t*)process));
  trace_int("exit", "status", (long long)status);
}

static void on_killed(uv_process_t* process, int64_t status, int signal_number) {
  (void)process;
  check(status == 0);
  trace_int("killed", "signal", signal_number);
}

static void start(uv_loop_t* loop, uv_process_t* process, uv_exit_cb cb, const char* command) {
  char* args[4] = {(char*)"sh", (char*)"-c", NULL, NULL};
  uv_process_options_t options;
  args[2] = (char*)command;
  memset(&options, 0, sizeof options);
  options.file = "/bin/sh";
  options.args = args;
  options.exit_cb = cb;
  must(uv_spawn(loop, process, &options));
  trace_int("spawned", "active", uv_is_active((uv_handle_t*)process) != 0);
}

static void scenario(uv_loop_t* loop) {
  start(loop, &exits, on_process_exit, "exit 7");
  start(loop, &killed, on_killed, "kill -TERM $$");
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("returned");
}
