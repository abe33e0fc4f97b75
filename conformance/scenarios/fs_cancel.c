/*
 * A file operation that waits for the pool may be cancelled: its callback then comes once with
 * UV_ECANCELED. An engine that needs no thread for it may be done already: then uv_cancel() is
 * UV_EBUSY, and the callback brings the result.
 *
 * rules: FS-08, FS-09
 * env: UV_THREADPOOL_SIZE=1
 * count: consistent = 1
 * count: stat = 1
 * order: stat < consistent
 */
#include "trace.h"

static uv_work_t busy;
static uv_fs_t request;
static uv_sem_t has_begun;
static uv_sem_t may_end;
static ssize_t result = 1;

static void on_busy(uv_work_t* work) {
  (void)work;
  uv_sem_post(&has_begun);
  uv_sem_wait(&may_end);
}

static void after_busy(uv_work_t* work, int status) {
  (void)work;
  must(status);
}

static void on_stat(uv_fs_t* stat) {
  trace("stat");
  result = stat->result;
  uv_fs_req_cleanup(stat);
}

static void scenario(uv_loop_t* loop) {
  int cancelled;
  must(uv_sem_init(&has_begun, 0));
  must(uv_sem_init(&may_end, 0));
  must(uv_queue_work(loop, &busy, on_busy, after_busy));
  uv_sem_wait(&has_begun);
  must(uv_fs_stat(loop, &request, ".", on_stat));
  cancelled = uv_cancel((uv_req_t*)&request);
  check(cancelled == 0 || cancelled == UV_EBUSY);
  uv_sem_post(&may_end);
  must(uv_run(loop, UV_RUN_DEFAULT));
  if (result == (cancelled == 0 ? UV_ECANCELED : 0)) trace("consistent");
  uv_sem_destroy(&has_begun);
  uv_sem_destroy(&may_end);
}
