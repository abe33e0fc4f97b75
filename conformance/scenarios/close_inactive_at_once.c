/*
 * uv_close() ends a handle's activity at once. The callback may be NULL.
 *
 * rules: CLOSE-11, CLOSE-12
 * total: before(active=1), after(active=0), ran
 */
#include "trace.h"

static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
}

static void scenario(uv_loop_t* loop) {
  uv_handle_t* handle = (uv_handle_t*)&timer;
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 1, 0));
  trace_int("before", "active", uv_is_active(handle) != 0);
  uv_close(handle, NULL);
  trace_int("after", "active", uv_is_active(handle) != 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("ran");
}
