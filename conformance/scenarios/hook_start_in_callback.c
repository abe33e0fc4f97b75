/*
 * A prepare handle started in a prepare callback first runs in the next iteration.
 *
 * rules: HOOK-03
 * total: outer, returned, inner, outer, returned
 */
#include "trace.h"

static uv_prepare_t outer;
static uv_prepare_t inner;

static void on_inner(uv_prepare_t* handle) {
  (void)handle;
  trace("inner");
}

static void on_outer(uv_prepare_t* handle) {
  (void)handle;
  trace("outer");
  must(uv_prepare_start(&inner, on_inner));
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &outer));
  must(uv_prepare_init(loop, &inner));
  must(uv_prepare_start(&outer, on_outer));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
}
