/*
 * uv_backend_timeout() tells how long the loop would wait: not at all with nothing to do or with
 * something to close, to the next timer, or without limit.
 *
 * rules: RUN-13, RUN-14, RUN-15, RUN-22
 * total: empty(ms=0), async(ms=-1), timer(ms=50), unreferenced(ms=0), closing(ms=0)
 */
#include "trace.h"

static uv_async_t async;
static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
}

static void scenario(uv_loop_t* loop) {
  trace_int("empty", "ms", uv_backend_timeout(loop));
  must(uv_async_init(loop, &async, NULL));
  must(uv_run(loop, UV_RUN_NOWAIT)); /* until then the engine may have to be told of the handle */
  trace_int("async", "ms", uv_backend_timeout(loop));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 50, 0));
  trace_int("timer", "ms", uv_backend_timeout(loop));
  must(uv_timer_stop(&timer));
  uv_unref((uv_handle_t*)&async);
  trace_int("unreferenced", "ms", uv_backend_timeout(loop));
  uv_ref((uv_handle_t*)&async);
  uv_close((uv_handle_t*)&timer, NULL);
  trace_int("closing", "ms", uv_backend_timeout(loop));
}
