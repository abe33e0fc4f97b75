/*
 * Work runs in another thread; its after-callback in the loop's, in the poll phase, and never
 * inside uv_queue_work().
 *
 * rules: WORK-01, WORK-02, WORK-03, RE-01
 * total: queued, prepare, after(worked=1, elsewhere=1, here=1), check
 */
#include "trace.h"

static uv_work_t work;
static uv_prepare_t prepare;
static uv_check_t check_handle;
static uv_thread_t loop_thread;
static uv_thread_t work_thread;
static int worked;
static uv_sem_t done;

static void on_work(uv_work_t* request) {
  (void)request;
  work_thread = uv_thread_self();
  worked = 1;
}

static void on_after(uv_work_t* request, int status) {
  uv_thread_t self = uv_thread_self();
  (void)request;
  must(status);
  printf("{\"event\":\"%s\",\"worked\":%d,\"elsewhere\":%d,\"here\":%d}\n", "after", worked,
         !uv_thread_equal(&work_thread, &loop_thread), uv_thread_equal(&self, &loop_thread) != 0);
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  must(uv_sem_init(&done, 0));
  loop_thread = uv_thread_self();
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  uv_unref((uv_handle_t*)&prepare);
  uv_unref((uv_handle_t*)&check_handle);
  must(uv_queue_work(loop, &work, on_work, on_after));
  trace("queued");
  must(uv_run(loop, UV_RUN_ONCE));
  uv_sem_destroy(&done);
}
