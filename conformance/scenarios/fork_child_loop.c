/*
 * After fork(2) and uv_loop_fork() the loop works in the child: its timers, async handles and
 * streams go on there. The parent's loop is not disturbed.
 *
 * rules: FORK-01, FORK-02, FORK-03
 * order: child(status=0) < parent-timer < parent-read
 * order: child(status=0) < parent-async < parent-read
 * count: parent-timer = 1
 * count: parent-async = 1
 * count: parent-read = 1
 */
#include "pairs.h"

#include <sys/wait.h>

static uv_timer_t timer;
static uv_async_t async;
static uv_pipe_t stream;
static int in_child;
static int ran_timer;
static int ran_async;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  ran_timer = 1;
  if (!in_child) trace("parent-timer");
}

static void on_async(uv_async_t* handle) {
  ran_async = 1;
  uv_unref((uv_handle_t*)handle);
  if (!in_child) trace("parent-async");
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  check(nread == 1);
  must(uv_read_stop(handle));
  if (!in_child) trace("parent-read");
}

/* The child says by its exit status what did not work. */
static int run_in_child(uv_loop_t* loop) {
  in_child = 1;
  if (uv_loop_fork(loop) != 0) return 1;
  if (uv_async_send(&async) != 0) return 2;
  if (uv_read_stop((uv_stream_t*)&stream) != 0) return 3;
  if (uv_run(loop, UV_RUN_DEFAULT) != 0) return 4;
  if (!ran_timer) return 5;
  if (!ran_async) return 6;
  return 0;
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  int status = 0;
  pid_t child;
  must(uv_timer_init(loop, &timer));
  must(uv_async_init(loop, &async, on_async));
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_timer_start(&timer, on_timer, 1, 0));
  child = fork();
  if (child == 0) _exit(run_in_child(loop));
  check(waitpid(child, &status, 0) == child);
  trace_int("child", "status", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  must(uv_async_send(&async));
  while (!ran_timer || !ran_async)
    must(uv_run(loop, UV_RUN_ONCE));
  send_bytes(peer, "x");
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
