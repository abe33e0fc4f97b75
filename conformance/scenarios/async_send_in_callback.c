/*
 * A send from inside the handle's own callback makes another callback.
 *
 * rules: ASYNC-04
 * total: async, async, async, closed
 */
#include "trace.h"

static uv_async_t async;
static int runs;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_async(uv_async_t* handle) {
  trace("async");
  if (++runs < 3) {
    must(uv_async_send(handle));
  } else {
    uv_close((uv_handle_t*)handle, on_closed);
  }
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_send(&async));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
