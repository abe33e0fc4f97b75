/*
 * uv_metrics_info() counts the iterations that are over, and the events that the loop has handled.
 *
 * rules: RUN-24
 * needs: uv_metrics_info
 * total: start(loops=0, events=0), prepare(loops=0), async, prepare(loops=1), prepare(loops=2)
 * total: after(loops=3), events(some=1)
 */
#include "trace.h"

static uv_async_t async;
static uv_prepare_t prepare;

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
}

static void on_prepare(uv_prepare_t* handle) {
  uv_metrics_t metrics;
  must(uv_metrics_info(handle->loop, &metrics));
  trace_int("prepare", "loops", (long long)metrics.loop_count);
}

static void scenario(uv_loop_t* loop) {
  uv_metrics_t metrics;
  int i;
  must(uv_metrics_info(loop, &metrics));
  printf("{\"event\":\"%s\",\"loops\":%d,\"events\":%d}\n", "start", (int)metrics.loop_count,
         (int)metrics.events);
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_send(&async));
  must(uv_prepare_init(loop, &prepare));
  must(uv_prepare_start(&prepare, on_prepare));
  for (i = 0; i < 3; i++)
    must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_prepare_stop(&prepare));
  must(uv_metrics_info(loop, &metrics));
  trace_int("after", "loops", (long long)metrics.loop_count);
  trace_int("events", "some", metrics.events > 0);
}
