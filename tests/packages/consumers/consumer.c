/* A program in C99: a timer and a job of the thread pool. Prints the version that it runs on. */
#include <stdio.h>
#include <uv.h>

static int fired;
static int worked;

static void fire(uv_timer_t* timer) {
  ++fired;
  uv_close((uv_handle_t*)timer, NULL);
}

static void work(uv_work_t* request) {
  ++*(int*)request->data;
}

static void after_work(uv_work_t* request, int status) {
  if (status != 0) *(int*)request->data = -1;
}

int main(void) {
  uv_loop_t loop;
  uv_timer_t timer;
  uv_work_t request;
  request.data = &worked;
  if (uv_loop_init(&loop) != 0 || uv_timer_init(&loop, &timer) != 0) return 1;
  if (uv_timer_start(&timer, fire, 1, 0) != 0) return 2;
  if (uv_queue_work(&loop, &request, work, after_work) != 0) return 3;
  uv_run(&loop, UV_RUN_DEFAULT);
  if (uv_loop_close(&loop) != 0 || fired != 1 || worked != 1) return 4;
  puts(uv_version_string());
  return 0;
}
