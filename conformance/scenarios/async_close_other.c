/*
 * Two async handles are sent to; the first callback closes the other handle, which gets none.
 *
 * rules: ASYNC-08, CLOSE-05
 * total: async, closed
 */
#include "trace.h"

static uv_async_t handles[2];

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_async(uv_async_t* handle) {
  trace("async");
  uv_close((uv_handle_t*)(handle == &handles[0] ? &handles[1] : &handles[0]), on_closed);
  uv_unref((uv_handle_t*)handle);
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &handles[0], on_async));
  must(uv_async_init(loop, &handles[1], on_async));
  must(uv_async_send(&handles[0]));
  must(uv_async_send(&handles[1]));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
