/*
 * The callback of cancelled work comes although every thread of the pool is busy.
 *
 * rules: WORK-09
 * env: UV_THREADPOOL_SIZE=1
 * total: cancelled(status=ECANCELED), busy(status=OK)
 */
#include "trace.h"

static uv_work_t busy;
static uv_work_t cancelled;
static uv_sem_t has_begun;
static uv_sem_t may_end;

static void on_busy(uv_work_t* request) {
  (void)request;
  uv_sem_post(&has_begun);
  uv_sem_wait(&may_end);
}

static void on_never(uv_work_t* request) {
  (void)request;
}

static void after_busy(uv_work_t* request, int status) {
  (void)request;
  trace_status("busy", status);
}

static void after_cancelled(uv_work_t* request, int status) {
  (void)request;
  trace_status("cancelled", status);
  uv_sem_post(&may_end);
}

static void scenario(uv_loop_t* loop) {
  must(uv_sem_init(&has_begun, 0));
  must(uv_sem_init(&may_end, 0));
  must(uv_queue_work(loop, &busy, on_busy, after_busy));
  must(uv_queue_work(loop, &cancelled, on_never, after_cancelled));
  uv_sem_wait(&has_begun);
  must(uv_cancel((uv_req_t*)&cancelled));
  must(uv_run(loop, UV_RUN_DEFAULT));
  uv_sem_destroy(&has_begun);
  uv_sem_destroy(&may_end);
}
