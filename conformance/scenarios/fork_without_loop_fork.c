/*
 * A child that does not call uv_loop_fork() may leave, by exit() and after uv_library_shutdown();
 * its parent's loop, with streams and more under way, goes on undisturbed.
 *
 * rules: FORK-05
 * total: child(exited=1), child(exited=1), read(text=after)
 */
#include "connected.h"

#include <sys/wait.h>

static uv_tcp_t client;
static uv_tcp_t accepted;
static uv_async_t async;
static uv_timer_t timer;

static void never(uv_timer_t* handle) {
  (void)handle;
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  char text[16] = {0};
  check(nread > 0 && nread < (ssize_t)sizeof text);
  memcpy(text, buf->base, (size_t)nread);
  trace_text("read", "text", text);
  must(uv_read_stop(handle));
  uv_close((uv_handle_t*)&async, NULL);
  uv_close((uv_handle_t*)&timer, NULL);
}

static void child_that(int shuts_down) {
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    if (shuts_down) uv_library_shutdown();
    exit(0);
  }
  check(waitpid(child, &status, 0) == child);
  trace_int("child", "exited", WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void scenario(uv_loop_t* loop) {
  uv_buf_t buf = uv_buf_init((char*)"after", 5);
  tcp_connected(loop, &client, &accepted);
  must(uv_async_init(loop, &async, NULL));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, never, 3600000, 0));
  must(uv_read_start((uv_stream_t*)&accepted, give_buffer, on_read));
  must(uv_run(loop, UV_RUN_NOWAIT));
  child_that(0);
  child_that(1);
  check(uv_try_write((uv_stream_t*)&client, &buf, 1) == 5);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
