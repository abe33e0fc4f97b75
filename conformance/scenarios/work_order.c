/*
 * With one thread in the pool work begins in the order of the calls, and its callbacks come in that
 * order too.
 *
 * rules: WORK-04, WORK-05
 * env: UV_THREADPOOL_SIZE=1
 * total: after(number=0, began=0), after(number=1, began=1), after(number=2, began=2)
 * total: after(number=3, began=3), after(number=4, began=4)
 */
#include "trace.h"

static uv_work_t requests[5];
static long began_as[5];
static long began;

static void on_work(uv_work_t* request) {
  began_as[request - requests] = began++;
}

static void on_after(uv_work_t* request, int status) {
  must(status);
  printf("{\"event\":\"%s\",\"number\":%ld,\"began\":%ld}\n", "after", (long)(request - requests),
         began_as[request - requests]);
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 5; i++)
    must(uv_queue_work(loop, &requests[i], on_work, on_after));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
