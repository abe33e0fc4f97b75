/*
 * What the thread pool has finished comes before the asyncs that were sent to, although they were
 * sent to before: the pool reports to the loop from the loop's beginning on.
 *
 * rules: ASYNC-17
 * env: UV_THREADPOOL_SIZE=1
 * order: work < early < late
 */
#include "trace.h"

static uv_async_t early;
static uv_async_t late;
static uv_work_t first;
static uv_work_t second;
static uv_sem_t second_runs;

static void on_async(uv_async_t* handle) {
  trace(handle == &early ? "early" : "late");
}

/* On the pool's only thread: the first one's end is told before the second one begins. */
static void send_both(uv_work_t* work) {
  (void)work;
  uv_async_send(&late);
  uv_async_send(&early);
}

static void note_end(uv_work_t* work) {
  (void)work;
  uv_sem_post(&second_runs);
}

static void on_done(uv_work_t* work, int status) {
  must(status);
  if (work == &first) trace("work");
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &early, on_async));
  must(uv_async_init(loop, &late, on_async));
  must(uv_sem_init(&second_runs, 0));
  must(uv_queue_work(loop, &first, send_both, on_done));
  must(uv_queue_work(loop, &second, note_end, on_done));
  uv_sem_wait(&second_runs);
  uv_sem_destroy(&second_runs);
  must(uv_run(loop, UV_RUN_NOWAIT));
}
