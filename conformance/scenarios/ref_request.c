/*
 * A request under way keeps the loop alive although no handle is active.
 *
 * rules: REF-08
 * total: alive(value=1), after, returned(more=0)
 */
#include "trace.h"

static uv_work_t work;

static void on_work(uv_work_t* request) {
  (void)request;
}

static void on_after(uv_work_t* request, int status) {
  (void)request;
  must(status);
  trace("after");
}

static void scenario(uv_loop_t* loop) {
  must(uv_queue_work(loop, &work, on_work, on_after));
  trace_int("alive", "value", uv_loop_alive(loop) != 0);
  trace_int("returned", "more", uv_run(loop, UV_RUN_DEFAULT));
}
