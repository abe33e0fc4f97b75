/*
 * Wrong arguments are refused and change nothing: no callback, a handle that is closing.
 *
 * rules: TIMER-18
 * total: no-callback(status=EINVAL), active(value=0), closing(status=EINVAL), active(value=0)
 */
#include "trace.h"

static uv_timer_t timer;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  trace_status("no-callback", uv_timer_start(&timer, NULL, 0, 0));
  trace_int("active", "value", uv_is_active((uv_handle_t*)&timer));
  uv_close((uv_handle_t*)&timer, NULL);
  trace_status("closing", uv_timer_start(&timer, on_timer, 0, 0));
  trace_int("active", "value", uv_is_active((uv_handle_t*)&timer));
}
