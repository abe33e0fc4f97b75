/*
 * A check handle stopped or closed by another check callback of the same phase does not run any
 * more, although its turn would have come.
 *
 * rules: HOOK-04
 * total: last, first, returned
 */
#include "trace.h"

static uv_check_t first;
static uv_check_t stopped;
static uv_check_t closed;
static uv_check_t last;

static void on_never(uv_check_t* handle) {
  (void)handle;
  trace("never");
}

static void on_first(uv_check_t* handle) {
  (void)handle;
  trace("first");
}

static void on_last(uv_check_t* handle) {
  (void)handle;
  trace("last");
  must(uv_check_stop(&stopped));
  uv_close((uv_handle_t*)&closed, NULL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_check_init(loop, &first));
  must(uv_check_init(loop, &stopped));
  must(uv_check_init(loop, &closed));
  must(uv_check_init(loop, &last));
  must(uv_check_start(&first, on_first));
  must(uv_check_start(&stopped, on_never));
  must(uv_check_start(&closed, on_never));
  must(uv_check_start(&last, on_last));
  must(uv_run(loop, UV_RUN_NOWAIT));
  trace("returned");
}
