/*
 * uv_walk() shows every handle of the loop once, also inactive and closing ones, and none of the
 * library's own; it runs its callback inside the call.
 *
 * rules: WALK-01, WALK-02, WALK-03
 * count: timer = 1
 * count: idle = 1
 * count: async = 1
 * count: closing = 1
 * count: other = 0
 * order: timer < walked
 * order: idle < walked
 * order: async < walked
 * order: closing < walked
 */
#include "trace.h"

static uv_timer_t timer;
static uv_idle_t idle;
static uv_async_t async;
static uv_check_t closing;

static void on_idle(uv_idle_t* handle) {
  (void)handle;
}

static void visit(uv_handle_t* handle, void* arg) {
  check(arg == &timer);
  if (handle == (uv_handle_t*)&timer) {
    trace("timer");
  } else if (handle == (uv_handle_t*)&idle) {
    trace("idle");
  } else if (handle == (uv_handle_t*)&async) {
    trace("async");
  } else if (handle == (uv_handle_t*)&closing) {
    trace("closing");
  } else {
    trace("other");
  }
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  must(uv_idle_init(loop, &idle));
  must(uv_async_init(loop, &async, NULL));
  must(uv_check_init(loop, &closing));
  must(uv_idle_start(&idle, on_idle));
  uv_close((uv_handle_t*)&closing, NULL);
  uv_walk(loop, visit, &timer);
  trace("walked");
}
