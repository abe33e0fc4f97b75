/*
 * An async handle without a callback only wakes the loop: UV_RUN_ONCE ends.
 *
 * rules: ASYNC-10, ASYNC-11
 * total: check, returned
 */
#include "trace.h"

static uv_async_t async;
static uv_check_t check_handle;

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void send_async(void* arg) {
  must(uv_async_send((uv_async_t*)arg));
}

static void scenario(uv_loop_t* loop) {
  uv_thread_t thread;
  must(uv_async_init(loop, &async, NULL));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_thread_create(&thread, send_async, &async));
  must(uv_run(loop, UV_RUN_ONCE));
  trace("returned");
  must(uv_thread_join(&thread));
}
