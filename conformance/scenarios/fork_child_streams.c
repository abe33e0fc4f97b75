/*
 * What was watched before fork(2) is watched in the child after uv_loop_fork(): a stream that reads
 * and a uv_poll_t go on.
 *
 * rules: FORK-04
 * total: child(status=0)
 */
#include "pairs.h"

#include <sys/wait.h>

static uv_pipe_t stream;
static uv_poll_t poll;
static uv_timer_t guard;
static int peers[2];
static int was_read;
static int was_polled;

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)buf;
  was_read = nread == 1;
  must(uv_read_stop(handle));
}

static void on_poll(uv_poll_t* handle, int status, int events) {
  was_polled = status == 0 && events == UV_READABLE;
  must(uv_poll_stop(handle));
}

static void on_guard(uv_timer_t* handle) {
  uv_stop(handle->loop);
}

/* The child says by its exit status what did not work. */
static int run_in_child(uv_loop_t* loop) {
  if (uv_loop_fork(loop) != 0) return 1;
  send_bytes(peers[0], "x");
  send_bytes(peers[1], "x");
  if (uv_timer_start(&guard, on_guard, 8000, 0) != 0) return 2;
  uv_unref((uv_handle_t*)&guard);
  uv_run(loop, UV_RUN_DEFAULT);
  if (!was_read) return 3;
  if (!was_polled) return 4;
  return 0;
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  int status = 0;
  pid_t child;
  peers[0] = pipe_and_peer(loop, &stream);
  local_sockets(ends);
  peers[1] = ends[1];
  must(uv_timer_init(loop, &guard));
  must(uv_poll_init(loop, &poll, ends[0]));
  must(uv_poll_start(&poll, UV_READABLE, on_poll));
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_NOWAIT));
  child = fork();
  if (child == 0) _exit(run_in_child(loop));
  check(waitpid(child, &status, 0) == child);
  trace_int("child", "status", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  uv_close((uv_handle_t*)&poll, NULL);
  must(uv_read_stop((uv_stream_t*)&stream));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(peers[0]);
  close(peers[1]);
}
