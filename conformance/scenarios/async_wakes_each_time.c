/*
 * A thread sends five times, each time to a loop that waits already: each send ends a wait.
 *
 * rules: ASYNC-06, ASYNC-11
 * needs: uv_metrics_idle_time
 * count: async = 5
 */
#include "trace.h"

static uv_loop_t* running;
static uv_async_t async;
static uv_sem_t go_on;

/* The time spent waiting grows while the loop waits, and then only. */
static void await_wait(void) {
  uint64_t before = uv_metrics_idle_time(running);
  while (uv_metrics_idle_time(running) == before) {
  }
}

static void on_async(uv_async_t* handle) {
  static int callbacks;
  trace("async");
  if (++callbacks == 5) uv_close((uv_handle_t*)handle, NULL);
  uv_sem_post(&go_on);
}

static void sender(void* arg) {
  int i;
  (void)arg;
  for (i = 0; i < 5; i++) {
    await_wait();
    must(uv_async_send(&async));
    uv_sem_wait(&go_on);
  }
}

static void scenario(uv_loop_t* loop) {
  uv_thread_t thread;
  running = loop;
  must(uv_loop_configure(loop, UV_METRICS_IDLE_TIME));
  must(uv_sem_init(&go_on, 0));
  must(uv_async_init(loop, &async, on_async));
  must(uv_thread_create(&thread, sender, NULL));
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_thread_join(&thread));
  uv_sem_destroy(&go_on);
}
