/*
 * uv_metrics_info() counts the iterations of the loop, and the events that it has handled.
 *
 * rules: RUN-24
 * needs: uv_metrics_info
 * total: start(loops=0, events=0), async, after(loops=3), events(some=1)
 */
#include "trace.h"

static uv_async_t async;

static void on_async(uv_async_t* handle) {
  (void)handle;
  trace("async");
}

static void scenario(uv_loop_t* loop) {
  uv_metrics_t metrics;
  int i;
  must(uv_metrics_info(loop, &metrics));
  printf("{\"event\":\"%s\",\"loops\":%d,\"events\":%d}\n", "start", (int)metrics.loop_count,
         (int)metrics.events);
  must(uv_async_init(loop, &async, on_async));
  must(uv_async_send(&async));
  for (i = 0; i < 3; i++)
    must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_metrics_info(loop, &metrics));
  trace_int("after", "loops", (long long)metrics.loop_count);
  trace_int("events", "some", metrics.events > 0);
}
