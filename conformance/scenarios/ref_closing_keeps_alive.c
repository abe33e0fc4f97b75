/*
 * A closing handle keeps the loop alive until its close callback, even an unreferenced one.
 *
 * rules: REF-07, CLOSE-09
 * total: alive(value=1), closed, returned(more=0)
 */
#include "trace.h"

static uv_timer_t timer;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  uv_unref((uv_handle_t*)&timer);
  uv_close((uv_handle_t*)&timer, on_closed);
  trace_int("alive", "value", uv_loop_alive(loop) != 0);
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
}
