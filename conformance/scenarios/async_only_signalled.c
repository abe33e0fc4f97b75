/*
 * Of many async handles only those that were sent to get a callback, all in one iteration.
 *
 * rules: ASYNC-13, ASYNC-14
 * count: sent = 3
 * count: unsent = 0
 * order: sent < check
 * count: check = 1
 */
#include "trace.h"

static uv_async_t handles[50];
static uv_check_t check_handle;

static void on_async(uv_async_t* handle) {
  long index = handle - handles;
  trace(index == 7 || index == 20 || index == 49 ? "sent" : "unsent");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 50; i++)
    must(uv_async_init(loop, &handles[i], on_async));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_async_send(&handles[49]));
  must(uv_async_send(&handles[7]));
  must(uv_async_send(&handles[20]));
  must(uv_run(loop, UV_RUN_NOWAIT));
}
