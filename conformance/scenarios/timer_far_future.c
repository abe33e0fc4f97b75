/*
 * A timeout so large that the due time would overflow means "in the far future", not "now".
 *
 * rules: TIMER-19
 * total: near
 */
#include "trace.h"

static uv_timer_t far_off;
static uv_timer_t near_by;

static void on_far(uv_timer_t* handle) {
  (void)handle;
  trace("far");
}

static void on_near(uv_timer_t* handle) {
  (void)handle;
  trace("near");
  uv_close((uv_handle_t*)&far_off, NULL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &far_off));
  must(uv_timer_init(loop, &near_by));
  must(uv_timer_start(&far_off, on_far, UINT64_MAX, 0));
  must(uv_timer_start(&near_by, on_near, 2, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
