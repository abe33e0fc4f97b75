/*
 * A callback may start handles of every kind; each first runs when its phase comes, in this
 * iteration if that still lies ahead.
 *
 * rules: RE-04
 * total: prepare, check, timer, idle, prepare, check
 */
#include "trace.h"

static uv_prepare_t prepare;
static uv_idle_t idle;
static uv_check_t check_handle;
static uv_timer_t timer;
static int started;

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  trace("idle");
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_check(uv_check_t* handle) {
  trace("check");
  if (started == 2) uv_stop(handle->loop);
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
  if (started++) return;
  must(uv_idle_start(&idle, on_idle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_timer_start(&timer, on_timer, 0, 0));
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &prepare));
  must(uv_idle_init(loop, &idle));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_init(loop, &timer));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
