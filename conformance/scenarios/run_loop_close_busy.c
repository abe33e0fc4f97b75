/*
 * uv_loop_close() refuses while handles are open, closing, or requests are under way, and does
 * nothing then.
 *
 * rules: RUN-16, RUN-17
 * total: open(status=EBUSY), closing(status=EBUSY), request(status=EBUSY), after, closed(status=OK)
 */
#include "trace.h"

static void on_work(uv_work_t* request) {
  (void)request;
}

static void on_after(uv_work_t* request, int status) {
  (void)request;
  must(status);
  trace("after");
}

static void scenario(uv_loop_t* loop) {
  uv_loop_t other;
  uv_timer_t timer;
  uv_work_t work;
  (void)loop;
  must(uv_loop_init(&other));
  must(uv_timer_init(&other, &timer));
  trace_status("open", uv_loop_close(&other));
  uv_close((uv_handle_t*)&timer, NULL);
  trace_status("closing", uv_loop_close(&other));
  must(uv_run(&other, UV_RUN_DEFAULT));
  must(uv_queue_work(&other, &work, on_work, on_after));
  trace_status("request", uv_loop_close(&other));
  must(uv_run(&other, UV_RUN_DEFAULT));
  trace_status("closed", uv_loop_close(&other));
}
