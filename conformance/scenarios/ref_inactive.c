/*
 * A handle that was initialized and not started does not keep the loop alive; an async handle is
 * active from its initialization on, and does.
 *
 * rules: REF-05, ASYNC-09
 * total: timer(active=0), alive(value=0), async(active=1), alive(value=1)
 */
#include "trace.h"

static uv_timer_t timer;
static uv_async_t async;

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  trace_int("timer", "active", uv_is_active((uv_handle_t*)&timer));
  trace_int("alive", "value", uv_loop_alive(loop));
  must(uv_async_init(loop, &async, NULL));
  trace_int("async", "active", uv_is_active((uv_handle_t*)&async) != 0);
  trace_int("alive", "value", uv_loop_alive(loop) != 0);
}
