/*
 * uv_async_send() may be called in a signal handler.
 *
 * rules: ASYNC-12
 * total: raised, async
 */
#include "pairs.h"

static uv_async_t async;

static void on_signal(int number) {
  (void)number;
  uv_async_send(&async);
}

static void on_async(uv_async_t* handle) {
  trace("async");
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &async, on_async));
  signal(SIGUSR2, on_signal);
  check(raise(SIGUSR2) == 0);
  trace("raised");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
