/*
 * Unreferenced prepare and check handles run as long as something else keeps the loop alive, and
 * stop running with it.
 *
 * rules: HOOK-09, REF-02
 * total: prepare, check, timer, returned
 */
#include "trace.h"

static uv_prepare_t prepare;
static uv_check_t check_handle;
static uv_timer_t timer;

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_init(loop, &timer));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  uv_unref((uv_handle_t*)&prepare);
  uv_unref((uv_handle_t*)&check_handle);
  must(uv_timer_start(&timer, on_timer, 3, 0));
  must(uv_run(loop, UV_RUN_ONCE));
  trace("returned");
}
