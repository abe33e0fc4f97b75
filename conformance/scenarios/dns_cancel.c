/*
 * A name look-up that waits for the pool can be cancelled like other work: its callback comes once,
 * with UV_ECANCELED and no addresses.
 *
 * rules: DNS-04
 * env: UV_THREADPOOL_SIZE=1
 * count: consistent = 1
 * count: address = 1
 */
#include "pairs.h"

#include <netdb.h>

static uv_work_t busy;
static uv_getaddrinfo_t request;
static uv_sem_t has_begun;
static uv_sem_t may_end;
static int result = 1;

static void on_busy(uv_work_t* work) {
  (void)work;
  uv_sem_post(&has_begun);
  uv_sem_wait(&may_end);
}

static void after_busy(uv_work_t* work, int status) {
  (void)work;
  must(status);
}

static void on_address(uv_getaddrinfo_t* lookup, int status, struct addrinfo* found) {
  (void)lookup;
  trace("address");
  check((status == 0) == (found != NULL));
  uv_freeaddrinfo(found);
  result = status;
}

/* A pool with a lane of its own for names may have begun already: then it cannot be cancelled. */
static void scenario(uv_loop_t* loop) {
  int cancelled;
  must(uv_sem_init(&has_begun, 0));
  must(uv_sem_init(&may_end, 0));
  must(uv_queue_work(loop, &busy, on_busy, after_busy));
  uv_sem_wait(&has_begun);
  must(uv_getaddrinfo(loop, &request, on_address, "127.0.0.1", NULL, NULL));
  cancelled = uv_cancel((uv_req_t*)&request);
  check(cancelled == 0 || cancelled == UV_EBUSY);
  uv_sem_post(&may_end);
  must(uv_run(loop, UV_RUN_DEFAULT));
  if (result == (cancelled == 0 ? UV_EAI_CANCELED : 0)) trace("consistent");
  uv_sem_destroy(&has_begun);
  uv_sem_destroy(&may_end);
}
