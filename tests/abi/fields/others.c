/* Lives of the handles without a descriptor, and of requests. */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "show.h"

static void on_timer(uv_timer_t* timer) {
  show("timer callback", timer);
}

static void show_timer(const char* moment, const uv_timer_t* timer) {
  printf("%s: due in %d ms, repeat %d, timer_cb %d\n", moment, (int)(timer->timeout - loop.time),
         (int)timer->repeat, timer->timer_cb == on_timer);
}

static void timer_life(void) {
  static uv_timer_t timer;
  printf("== timer\n");
  CHECK(uv_timer_init(&loop, &timer) == 0);
  show("init", &timer);
  CHECK(uv_timer_start(&timer, on_timer, 5000, 7000) == 0);
  show("started", &timer);
  show_timer("started", &timer);
  CHECK(uv_timer_again(&timer) == 0);
  show_timer("again", &timer);
  CHECK(uv_timer_stop(&timer) == 0);
  show("stopped", &timer);
  show_timer("stopped", &timer);
  CHECK(uv_timer_start(&timer, on_timer, UINT64_MAX, 0) == 0);
  printf("never: %d\n", timer.timeout == UINT64_MAX);
  close_now(&timer);
}

static void on_idle(uv_idle_t* idle) {
  uv_idle_stop(idle);
}
static void on_prepare(uv_prepare_t* prepare) {
  uv_prepare_stop(prepare);
}
static void on_check(uv_check_t* check) {
  uv_check_stop(check);
}
static void on_async(uv_async_t* async) {
  show("async callback", async);
}

static void phase_lives(void) {
  static uv_idle_t idle;
  static uv_prepare_t prepare;
  static uv_check_t check;
  static uv_async_t async;
  printf("== idle, prepare, check, async\n");
  CHECK(uv_idle_init(&loop, &idle) == 0);
  CHECK(uv_prepare_init(&loop, &prepare) == 0);
  CHECK(uv_check_init(&loop, &check) == 0);
  CHECK(uv_idle_start(&idle, on_idle) == 0);
  CHECK(uv_prepare_start(&prepare, on_prepare) == 0);
  CHECK(uv_check_start(&check, on_check) == 0);
  show("started", &idle);
  printf("callbacks %d %d %d\n", idle.idle_cb == on_idle, prepare.prepare_cb == on_prepare,
         check.check_cb == on_check);
  CHECK(uv_run(&loop, UV_RUN_NOWAIT) == 0);
  show("stopped", &check);
  CHECK(uv_async_init(&loop, &async, on_async) == 0);
  show("init", &async);
  printf("callback %d\n", async.async_cb == on_async);
  CHECK(uv_async_send(&async) == 0);
  CHECK(uv_run(&loop, UV_RUN_NOWAIT) == 1);
  close_now(&async);
  close_now(&idle);
  close_now(&prepare);
  close_now(&check);
}

static void on_signal(uv_signal_t* handle, int number) {
  printf("signal %d, signum %d\n", number, handle->signum);
  CHECK(uv_signal_stop(handle) == 0);
}

static void signal_life(void) {
  static uv_signal_t handle;
  printf("== signal\n");
  CHECK(uv_signal_init(&loop, &handle) == 0);
  show("init", &handle);
  CHECK(uv_signal_start(&handle, on_signal, SIGUSR1) == 0);
  show("started", &handle);
  CHECK(raise(SIGUSR1) == 0);
  finish();
  show("stopped", &handle);
  CHECK(uv_signal_start_oneshot(&handle, on_signal, SIGUSR1) == 0);
  show("started once", &handle);
  CHECK(uv_signal_stop(&handle) == 0);
  show("stopped", &handle);
  printf("signum %d\n", handle.signum);
  close_now(&handle);
}

static void on_exit_of_child(uv_process_t* process, int64_t status, int number) {
  printf("exit %d, signal %d, status %x\n", (int)status, number, process->status);
}

static void process_life(const char* script) {
  static uv_process_t process;
  memset(&process, 0, sizeof(process));
  char* arguments[] = {"sh", "-c", (char*)script, NULL};
  uv_process_options_t options = {0};
  options.file = "/bin/sh";
  options.args = arguments;
  options.exit_cb = on_exit_of_child;
  printf("== process, %s\n", script);
  CHECK(uv_spawn(&loop, &process, &options) == 0);
  show("spawned", &process);
  printf("pid %d, status %x\n", process.pid == uv_process_get_pid(&process), process.status);
  finish();
  show("ended", &process);
  printf("pid left %d\n", process.pid > 0);
  close_now(&process);
}

static void on_change(uv_fs_event_t* handle, const char* name, int events, int status) {
  (void)handle, (void)name, (void)events, (void)status;
}

static void on_poll(uv_fs_poll_t* handle, int status, const uv_stat_t* before,
                    const uv_stat_t* now) {
  (void)handle, (void)status, (void)before, (void)now;
}

static void watch_lives(void) {
  static uv_fs_event_t event;
  static uv_fs_poll_t poll;
  printf("== watching files\n");
  CHECK(uv_fs_event_init(&loop, &event) == 0);
  show("init", &event);
  CHECK(uv_fs_event_start(&event, on_change, ".", 0) == 0);
  show("started", &event);
  printf("path %s\n", event.path);
  CHECK(uv_fs_event_stop(&event) == 0);
  show("stopped", &event);
  printf("path %d\n", event.path != NULL);
  close_now(&event);
  CHECK(uv_fs_poll_init(&loop, &poll) == 0);
  CHECK(uv_fs_poll_start(&poll, on_poll, ".", 100000) == 0);
  /* Its status request is no request of the program's: here it is not counted. */
  shows_counts = 0;
  show("polling", &poll);
  printf("poll_ctx %d\n", poll.poll_ctx != NULL);
  close_now(&poll);
  shows_counts = 1;
}

static void show_file(const char* moment, const uv_fs_t* request) {
  printf("%s: result %s, file %s, flags %d, mode %o, off %d, path %s, new_path %s, size %d\n",
         moment, request->result < 0 ? uv_err_name((int)request->result) : "good",
         request->file > 2 ? "given" : "none", request->flags == (O_RDWR | O_CREAT),
         (unsigned int)request->mode, (int)request->off,
         request->path == NULL ? "null" : request->path,
         request->new_path == NULL ? "null" : request->new_path,
         request->ptr == &request->statbuf ? (int)request->statbuf.st_size : -1);
}

static void on_file(uv_fs_t* request) {
  show_file("file callback", request);
}

static void file_requests(uv_fs_cb callback) {
  uv_buf_t buffer = uv_buf_init("text", 4);
  uv_fs_t request;
  printf("== files, %s\n", callback == NULL ? "at once" : "in the background");
  memset(&request, 0, sizeof(request));
  uv_fs_open(&loop, &request, "file", O_RDWR | O_CREAT, 0640, callback);
  finish();
  show_file("opened", &request);
  uv_file file = (uv_file)request.result;
  CHECK(file >= 0);
  uv_fs_req_cleanup(&request);
  show_file("cleaned up", &request);
  memset(&request, 0, sizeof(request));
  uv_fs_write(&loop, &request, file, &buffer, 1, -1, callback);
  finish();
  printf("written: file %d, result %d\n", request.file == file, (int)request.result);
  memset(&request, 0, sizeof(request));
  uv_fs_fstat(&loop, &request, file, callback);
  finish();
  show_file("status", &request);
  memset(&request, 0, sizeof(request));
  uv_fs_utime(&loop, &request, "file", 100, 200, callback);
  finish();
  show_file("times", &request);
  printf("atime %g, mtime %g\n", request.atime, request.mtime);
  uv_fs_req_cleanup(&request);
  memset(&request, 0, sizeof(request));
  uv_fs_rename(&loop, &request, "file", "other", callback);
  finish();
  show_file("renamed", &request);
  uv_fs_req_cleanup(&request);
  show_file("cleaned up", &request);
  CHECK(close(file) == 0);
  CHECK(unlink("other") == 0);
}

void other_lives(void) {
  timer_life();
  phase_lives();
  signal_life();
  process_life("exit 3");
  process_life("kill -9 $$");
  watch_lives();
  file_requests(NULL);
  file_requests(on_file);
}
