/*
 * A close callback never runs inside uv_close(), and runs in the closing phase: after check, in
 * the same iteration.
 *
 * rules: CLOSE-01, CLOSE-02, CLOSE-04, RE-02
 * total: returned(closing=1), prepare, check, closed
 */
#include "trace.h"

static uv_timer_t timer;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
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
  must(uv_timer_init(loop, &timer));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  uv_close((uv_handle_t*)&timer, on_closed);
  trace_int("returned", "closing", uv_is_closing((uv_handle_t*)&timer));
  must(uv_run(loop, UV_RUN_NOWAIT));
}
