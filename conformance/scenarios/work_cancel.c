/*
 * Work that waits can be cancelled: it never runs, and its callback comes with UV_ECANCELED, not
 * inside uv_cancel(). Work that runs or is done cannot: UV_EBUSY.
 *
 * rules: WORK-06, WORK-07, WORK-08
 * env: UV_THREADPOOL_SIZE=1
 * count: cancel-waiting(status=OK) = 1
 * count: cancel-running(status=EBUSY) = 1
 * count: waiting(status=ECANCELED) = 1
 * count: running(status=OK) = 1
 * count: cancel-done(status=EBUSY) = 1
 * count: ran-although-cancelled = 0
 * order: cancel-waiting < returned < waiting < ended
 * order: returned < running < ended
 * order: ended < cancel-done
 */
#include "trace.h"

static uv_work_t running;
static uv_work_t waiting;
static uv_sem_t has_begun;
static uv_sem_t may_end;

static void on_running(uv_work_t* request) {
  (void)request;
  uv_sem_post(&has_begun);
  uv_sem_wait(&may_end);
}

static void on_waiting(uv_work_t* request) {
  (void)request;
  trace("ran-although-cancelled");
}

static void after_running(uv_work_t* request, int status) {
  (void)request;
  trace_status("running", status);
}

static void after_waiting(uv_work_t* request, int status) {
  (void)request;
  trace_status("waiting", status);
}

static void scenario(uv_loop_t* loop) {
  must(uv_sem_init(&has_begun, 0));
  must(uv_sem_init(&may_end, 0));
  must(uv_queue_work(loop, &running, on_running, after_running));
  must(uv_queue_work(loop, &waiting, on_waiting, after_waiting));
  uv_sem_wait(&has_begun);
  trace_status("cancel-waiting", uv_cancel((uv_req_t*)&waiting));
  (void)uv_cancel((uv_req_t*)&waiting); /* 0 or UV_EBUSY; no second callback */
  trace_status("cancel-running", uv_cancel((uv_req_t*)&running));
  trace("returned");
  uv_sem_post(&may_end);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("ended");
  trace_status("cancel-done", uv_cancel((uv_req_t*)&running));
  uv_sem_destroy(&has_begun);
  uv_sem_destroy(&may_end);
}
