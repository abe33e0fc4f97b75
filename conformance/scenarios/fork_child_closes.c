/*
 * A child that does not call uv_loop_fork() may close its handles and its loop, with requests and
 * watched descriptors under way. (It may take its parent's interests with it: the parent only ends
 * here.)
 *
 * rules: FORK-06
 * total: closed(handles=5), loop(close=0), child(exited=1)
 */
#include "connected.h"

#include <sys/wait.h>

static uv_tcp_t client;
static uv_tcp_t accepted;
static uv_tcp_t server;
static uv_async_t async;
static uv_timer_t timer;
static uv_write_t write_request;
static int closed;

static void never(uv_timer_t* handle) {
  (void)handle;
}

static void on_connection(uv_stream_t* handle, int status) {
  (void)handle;
  must(status);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)handle;
  (void)nread;
  (void)buf;
}

static void on_close(uv_handle_t* handle) {
  (void)handle;
  closed++;
}

static void close_counted(uv_handle_t* handle, void* arg) {
  (void)arg;
  if (!uv_is_closing(handle)) uv_close(handle, on_close);
}

static void close_in_child(uv_loop_t* loop) {
  uv_walk(loop, close_counted, NULL);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("closed", "handles", closed);
  trace_int("loop", "close", uv_loop_close(loop));
  exit(0);
}

static void scenario(uv_loop_t* loop) {
  static char much[8 << 20];
  uv_buf_t buf = uv_buf_init(much, sizeof much);
  int status = 0;
  pid_t child;
  tcp_connected(loop, &client, &accepted);
  (void)tcp_listen(loop, &server, 4, on_connection);
  must(uv_async_init(loop, &async, NULL));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, never, 3600000, 0));
  must(uv_read_start((uv_stream_t*)&client, give_buffer, on_read));
  must(uv_write(&write_request, (uv_stream_t*)&client, &buf, 1, NULL));
  must(uv_run(loop, UV_RUN_NOWAIT));
  child = fork();
  if (child == 0) close_in_child(loop);
  check(waitpid(child, &status, 0) == child);
  trace_int("child", "exited", WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
