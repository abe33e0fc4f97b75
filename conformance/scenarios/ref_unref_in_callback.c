/*
 * Unreferencing the last referenced handle in a callback ends the loop after this iteration.
 *
 * rules: REF-06
 * total: idle, check, returned(more=0)
 */
#include "trace.h"

static uv_idle_t idle;
static uv_check_t check_handle;

static void on_idle(uv_idle_t* handle) {
  trace("idle");
  uv_unref((uv_handle_t*)handle);
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  must(uv_idle_init(loop, &idle));
  must(uv_check_init(loop, &check_handle));
  must(uv_idle_start(&idle, on_idle));
  must(uv_check_start(&check_handle, on_check));
  uv_unref((uv_handle_t*)&check_handle);
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
}
