/*
 * Handles may be closed while walking, and a walk may be taken in any callback; a handle whose
 * close callback has run is not shown any more.
 *
 * rules: WALK-04, WALK-05
 * total: visit, visit, visit, walked, closed, closed, closed, walked
 */
#include "trace.h"

static uv_timer_t handles[3];
static int closed;

static void visit(uv_handle_t* handle, void* arg);

static void on_closed(uv_handle_t* handle) {
  trace("closed");
  if (++closed < 3) return;
  uv_walk(handle->loop, visit, NULL);
  trace("walked");
}

static void visit(uv_handle_t* handle, void* arg) {
  (void)arg;
  trace("visit");
  uv_close(handle, on_closed);
}

static void on_timer(uv_timer_t* handle) {
  uv_walk(handle->loop, visit, NULL);
  trace("walked");
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 3; i++)
    must(uv_timer_init(loop, &handles[i]));
  must(uv_timer_start(&handles[1], on_timer, 1, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
