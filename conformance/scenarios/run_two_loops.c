/*
 * Two loops of one thread are apart: running one runs nothing of the other, and a callback of one
 * may run the other.
 *
 * rules: RUN-18
 * total: outer, inner, outer-done, inner-check
 */
#include "trace.h"

static uv_loop_t second;
static uv_timer_t outer;
static uv_timer_t inner;
static uv_check_t inner_check;

static void on_inner(uv_timer_t* handle) {
  (void)handle;
  trace("inner");
}

static void on_inner_check(uv_check_t* handle) {
  (void)handle;
  trace("inner-check");
}

static void on_outer(uv_timer_t* handle) {
  (void)handle;
  trace("outer");
  must(uv_run(&second, UV_RUN_DEFAULT));
  trace("outer-done");
}

static void scenario(uv_loop_t* loop) {
  must(uv_loop_init(&second));
  must(uv_timer_init(&second, &inner));
  must(uv_timer_init(loop, &outer));
  must(uv_timer_start(&inner, on_inner, 1, 0));
  must(uv_timer_start(&outer, on_outer, 1, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_check_init(&second, &inner_check));
  must(uv_check_start(&inner_check, on_inner_check));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_run(&second, UV_RUN_NOWAIT));
  close_everything(&second);
  must(uv_loop_close(&second));
}
