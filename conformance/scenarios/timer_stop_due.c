/*
 * A timer that is due but stopped or closed by an earlier timer's callback does not run any more.
 *
 * rules: TIMER-17, CLOSE-05
 * total: first, last
 */
#include "trace.h"

static uv_timer_t first;
static uv_timer_t stopped;
static uv_timer_t closed;
static uv_timer_t last;

static void on_never(uv_timer_t* handle) {
  (void)handle;
  trace("never");
}

static void on_last(uv_timer_t* handle) {
  (void)handle;
  trace("last");
}

static void on_first(uv_timer_t* handle) {
  (void)handle;
  trace("first");
  must(uv_timer_stop(&stopped));
  uv_close((uv_handle_t*)&closed, NULL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &first));
  must(uv_timer_init(loop, &stopped));
  must(uv_timer_init(loop, &closed));
  must(uv_timer_init(loop, &last));
  must(uv_timer_start(&first, on_first, 1, 0));
  must(uv_timer_start(&stopped, on_never, 1, 0));
  must(uv_timer_start(&closed, on_never, 1, 0));
  must(uv_timer_start(&last, on_last, 1, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
