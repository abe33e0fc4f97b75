/*
 * uv_stop() in a callback lets the iteration go on to its end without waiting, and then uv_run()
 * returns not 0. The next uv_run() goes on.
 *
 * rules: RUN-10, RUN-11, RUN-12, RUN-21
 * total: prepare, poll, check, closed, returned(more=1), check, timeout(value=0), returned(more=1)
 */
#include "trace.h"

static uv_prepare_t prepare;
static uv_check_t check_handle;
static uv_async_t async;
static uv_timer_t timer;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("poll");
}

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_prepare(uv_prepare_t* handle) {
  trace("prepare");
  uv_stop(handle->loop);
  must(uv_async_send(&async));
  uv_close((uv_handle_t*)handle, on_closed);
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_async_init(loop, &async, on_async));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 3600000, 0));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT) != 0);
  must(uv_run(loop, UV_RUN_NOWAIT));
  uv_stop(loop);
  trace_int("timeout", "value", uv_backend_timeout(loop));
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT) != 0);
}
