/*
 * A send in a check callback comes after this iteration's poll: the callback runs in the poll of
 * the next iteration, which does not wait for anything else.
 *
 * rules: ASYNC-15
 * total: check, prepare, async, check
 */
#include "trace.h"

static uv_async_t async;
static uv_check_t check_handle;
static uv_prepare_t prepare;
static int checks;

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  if (checks > 0) trace("prepare");
}

static void on_check(uv_check_t* handle) {
  trace("check");
  if (++checks == 1) {
    must(uv_async_send(&async));
  } else {
    uv_stop(handle->loop);
  }
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &async, on_async));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
