/*
 * An async handle closed after a send, before its callback, gets no callback any more.
 *
 * rules: CLOSE-05, ASYNC-08
 * total: closed
 */
#include "trace.h"

static uv_async_t async;

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_send(&async));
  uv_close((uv_handle_t*)&async, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
