/*
 * A request may be queued anew in its own callback; work without an after-callback is allowed, and
 * work without a work callback is UV_EINVAL.
 *
 * rules: WORK-12, WORK-13
 * total: no-work(status=EINVAL), after, after, after, silent(ran=1)
 */
#include "trace.h"

static uv_work_t request;
static uv_work_t silent;
static int silent_ran;
static int runs;

static void on_work(uv_work_t* work) {
  (void)work;
}
static void on_silent(uv_work_t* work) {
  (void)work;
  silent_ran = 1;
}

static void on_after(uv_work_t* work, int status) {
  must(status);
  trace("after");
  if (++runs < 3) must(uv_queue_work(work->loop, work, on_work, on_after));
}

static void scenario(uv_loop_t* loop) {
  trace_status("no-work", uv_queue_work(loop, &request, NULL, on_after));
  must(uv_queue_work(loop, &silent, on_silent, NULL));
  must(uv_queue_work(loop, &request, on_work, on_after));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("silent", "ran", silent_ran);
}
