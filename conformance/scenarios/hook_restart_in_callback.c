/*
 * An idle handle that stops and starts itself in its callback runs once in this iteration, and goes
 * to the front.
 *
 * rules: HOOK-03, HOOK-10
 * total: b, a, returned, a, b, returned
 */
#include "trace.h"

static uv_idle_t a;
static uv_idle_t b;
static int restarted;

static void on_b(uv_idle_t* handle) {
  (void)handle;
  trace("b");
}

static void on_a(uv_idle_t* handle) {
  trace("a");
  if (restarted++) return;
  must(uv_idle_stop(handle));
  must(uv_idle_start(handle, on_a));
}

static void scenario(uv_loop_t* loop) {
  must(uv_idle_init(loop, &a));
  must(uv_idle_init(loop, &b));
  must(uv_idle_start(&a, on_a));
  must(uv_idle_start(&b, on_b));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
}
