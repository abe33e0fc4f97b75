/*
 * An unreferenced handle does not keep the loop alive, but runs as long as another one does.
 * Referencing and unreferencing twice is as once.
 *
 * rules: REF-01, REF-02, REF-03, REF-04
 * total: ref(value=1), ref(value=0), alive(value=0), ref(value=1), alive(value=1)
 * total: fast, fast, slow, returned(more=0)
 */
#include "trace.h"

static uv_timer_t fast;
static uv_timer_t slow;
static int runs;

static void on_slow(uv_timer_t* handle) {
  (void)handle;
  trace("slow");
}

static void on_fast(uv_timer_t* handle) {
  trace("fast");
  if (++runs == 2) must(uv_timer_start(&slow, on_slow, 0, 0));
  if (runs == 2) uv_timer_set_repeat(handle, 0), must(uv_timer_start(handle, on_fast, 3600000, 0));
}

static void scenario(uv_loop_t* loop) {
  uv_handle_t* handle = (uv_handle_t*)&fast;
  must(uv_timer_init(loop, &fast));
  must(uv_timer_init(loop, &slow));
  must(uv_timer_start(&fast, on_fast, 1, 1));
  trace_int("ref", "value", uv_has_ref(handle));
  uv_unref(handle);
  uv_unref(handle);
  trace_int("ref", "value", uv_has_ref(handle));
  trace_int("alive", "value", uv_loop_alive(loop));
  uv_ref(handle);
  uv_ref(handle);
  trace_int("ref", "value", uv_has_ref(handle));
  trace_int("alive", "value", uv_loop_alive(loop) != 0);
  uv_unref(handle);
  must(uv_timer_start(&slow, on_slow, 3600000, 0));
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
}
