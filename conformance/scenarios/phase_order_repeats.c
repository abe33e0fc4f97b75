/*
 * Idle, prepare and check callbacks run once in every iteration until they are stopped.
 *
 * rules: PHASE-09, HOOK-01
 * total: idle, prepare, check, idle, prepare, check, idle, prepare, check
 */
#include "trace.h"

static uv_idle_t idle;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  trace("idle");
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int i;
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_init(loop, &prepare));
  must(uv_idle_init(loop, &idle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_idle_start(&idle, on_idle));
  for (i = 0; i < 3; i++)
    must(uv_run(loop, UV_RUN_NOWAIT));
}
