/*
 * The threads of the pool are named, and have stacks of 8 MiB however small the process's own limit
 * is.
 *
 * rules: WORK-16
 * needs: uv_thread_getname
 * total: work(used=1), name(is=libuv-worker)
 */
#include <sys/resource.h>

#include "trace.h"

static uv_work_t work;
static char name[32];
static int used;

static void on_work(uv_work_t* request) {
  volatile char room[4 * 1024 * 1024];
  uv_thread_t self = uv_thread_self();
  size_t at;
  (void)request;
  for (at = 0; at < sizeof room; at += 1024)
    room[at] = 1;
  used = room[0];
  must(uv_thread_getname(&self, name, sizeof name));
}

static void scenario(uv_loop_t* loop) {
  struct rlimit limit;
  check(getrlimit(RLIMIT_STACK, &limit) == 0);
  /* The BSDs take what lies below it from the first thread, which begins some way down: where the
   * limit is large. */
  limit.rlim_cur = limit.rlim_cur > (rlim_t)(64 << 20) ? (rlim_t)(64 << 20) : (rlim_t)(512 * 1024);
  check(setrlimit(RLIMIT_STACK, &limit) == 0);
  must(uv_queue_work(loop, &work, on_work, NULL));
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("work", "used", used);
  trace_text("name", "is", name);
}
