/*
 * Starting an active idle, prepare or check handle again does nothing: it keeps its callback.
 *
 * rules: HOOK-05, HOOK-06
 * total: no-callback(status=EINVAL), again(status=OK), first
 */
#include "trace.h"

static uv_check_t handle;

static void on_first(uv_check_t* check_handle) {
  (void)check_handle;
  trace("first");
}

static void on_second(uv_check_t* check_handle) {
  (void)check_handle;
  trace("second");
}

static void scenario(uv_loop_t* loop) {
  must(uv_check_init(loop, &handle));
  trace_status("no-callback", uv_check_start(&handle, NULL));
  must(uv_check_start(&handle, on_first));
  trace_status("again", uv_check_start(&handle, on_second));
  must(uv_run(loop, UV_RUN_NOWAIT));
}
