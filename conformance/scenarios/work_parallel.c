/*
 * Four works run at the same time in a pool of four: each waits for all others to have begun. The
 * order of their callbacks is left open; each comes once.
 *
 * rules: WORK-10, WORK-11
 * env: UV_THREADPOOL_SIZE=4
 * count: after = 4
 */
#include "trace.h"

static uv_work_t requests[4];
static uv_barrier_t barrier;

static void on_work(uv_work_t* request) {
  (void)request;
  uv_barrier_wait(&barrier);
}

static void on_after(uv_work_t* request, int status) {
  (void)request;
  must(status);
  trace("after");
}

static void scenario(uv_loop_t* loop) {
  int i;
  must(uv_barrier_init(&barrier, 4));
  for (i = 0; i < 4; i++)
    must(uv_queue_work(loop, &requests[i], on_work, on_after));
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_barrier_destroy(&barrier);
}
