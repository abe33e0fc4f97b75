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
#include "programs.h"

static uv_process_t exits;
static uv_process_t killed;
static uv_pipe_t input;

static void on_process_exit(uv_process_t* process, int64_t status, int signal_number) {
  check(signal_number == 0 && !uv_is_active((uv_handle_t*)process));
  trace_int("exit", "status", (long long)status);
}

static void on_killed(uv_process_t* process, int64_t status, int signal_number) {
  check(!uv_is_active((uv_handle_t*)process));
  (void)status; /* Windows has one for it. */
  trace_int("killed", "signal", signal_number);
}

static void trace_spawned(const uv_process_t* process) {
  trace_int("spawned", "active", uv_is_active((const uv_handle_t*)process) != 0);
}

static void scenario(uv_loop_t* loop) {
  uv_process_options_t options = shell_options("exit 7", on_process_exit);
  must(uv_spawn(loop, &exits, &options));
  trace_spawned(&exits);
  start_waiting_shell(loop, &killed, &input, on_killed);
  trace_spawned(&killed);
  must(uv_process_kill(&killed, SIGTERM));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("returned");
}
