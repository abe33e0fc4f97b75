/*
 * After uv_stop() on a loop that does not run, the next uv_run() returns without an iteration, and
 * the one after it runs as ever.
 *
 * rules: RUN-09, RUN-10
 * total: returned(more=1), prepare, check, returned(more=1)
 */
#include "trace.h"

static uv_prepare_t prepare;
static uv_check_t check_handle;
static uv_idle_t idle;

static void on_idle(uv_idle_t* handle) {
  (void)handle;
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  trace("check");
  uv_stop(handle->loop);
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  uv_stop(loop);
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT) != 0);
  must(uv_idle_init(loop, &idle)); /* keeps the loop from waiting */
  must(uv_idle_start(&idle, on_idle));
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT) != 0);
}
