/*
 * Several sends before the callback runs make one callback, in the poll phase and not inside
 * uv_async_send(); a send after it makes another.
 *
 * rules: ASYNC-01, ASYNC-02, ASYNC-03, RE-01
 * total: sent, prepare, async, check, sent, prepare, async, check
 */
#include "trace.h"

static uv_async_t async;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
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
  int round;
  int i;
  must(uv_async_init(loop, &async, on_async));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  for (round = 0; round < 2; round++) {
    for (i = 0; i < 100; i++)
      must(uv_async_send(&async));
    trace("sent");
    must(uv_run(loop, UV_RUN_NOWAIT));
  }
}
