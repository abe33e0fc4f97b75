/*
 * One iteration without waiting shows where each phase stands, but for the timers.
 *
 * rules: PHASE-01, PHASE-02, PHASE-03, PHASE-04, RUN-04
 * total: idle, prepare, poll, check, closed, returned
 */
#include "trace.h"

static uv_idle_t idle;
static uv_prepare_t prepare;
static uv_check_t check_handle;
static uv_async_t async;
static uv_async_t victim;

static void on_idle(uv_idle_t* handle) {
  (void)handle;
  trace("idle");
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("poll");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
  uv_close((uv_handle_t*)&victim, on_closed);
}

static void scenario(uv_loop_t* loop) {
  must(uv_idle_init(loop, &idle));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_init(loop, &victim, NULL));
  must(uv_check_start(&check_handle, on_check));
  must(uv_idle_start(&idle, on_idle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_async_send(&async));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
}
