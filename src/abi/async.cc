#include "handle/async.h"

int uv_async_init(uv_loop_t* loop, uv_async_t* async, uv_async_cb async_cb) {
  violet::init_async(violet::loop_of(loop), async, async_cb);
  return 0;
}

int uv_async_send(uv_async_t* async) {
  send(violet::view<violet::Async>(async));
  return 0;
}
