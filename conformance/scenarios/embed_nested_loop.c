/*
 * A loop within another: the outer one polls uv_backend_fd() of the inner one, and runs it when it
 * polls readable or uv_backend_timeout() has passed. The inner one misses neither a send of another
 * thread, nor finished work, nor data, nor its timer.
 *
 * rules: RUN-25
 * total: async, work, read(text=data), timer, over
 */
#include "pairs.h"

static uv_loop_t inner;
static uv_poll_t watcher;
static uv_timer_t inner_due;
static uv_async_t async;
static uv_work_t work;
static uv_pipe_t stream;
static uv_timer_t timer;
static uv_thread_t thread;
static int peer;

/* What the outer loop does after each run of the inner one. */
static void prepare_wait(void);

static void on_timer(uv_timer_t* handle) {
  trace("timer");
  uv_close((uv_handle_t*)handle, NULL);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  check(nread == 4);
  trace_text("read", "text", memcmp(buf->base, "data", 4) == 0 ? "data" : "other");
  uv_close((uv_handle_t*)handle, NULL);
  must(uv_timer_start(&timer, on_timer, 20, 0));
}

static void do_work(uv_work_t* request) {
  (void)request;
}

static void send_data(void* unused) {
  (void)unused;
  send_bytes(peer, "data");
}

static void after_work(uv_work_t* request, int status) {
  (void)request;
  must(status);
  trace("work");
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_thread_join(&thread));
  must(uv_thread_create(&thread, send_data, NULL));
}

static void on_async(uv_async_t* handle) {
  trace("async");
  uv_close((uv_handle_t*)handle, NULL);
  must(uv_queue_work(&inner, &work, do_work, after_work));
}

static void send_async(void* unused) {
  (void)unused;
  must(uv_async_send(&async));
}

static void run_inner(void) {
  if (uv_run(&inner, UV_RUN_NOWAIT) != 0) {
    prepare_wait();
    return;
  }
  trace("over");
  uv_close((uv_handle_t*)&watcher, NULL);
  uv_close((uv_handle_t*)&inner_due, NULL);
}

static void on_readable(uv_poll_t* handle, int status, int events) {
  (void)handle;
  (void)events;
  must(status);
  run_inner();
}

static void on_due(uv_timer_t* handle) {
  (void)handle;
  run_inner();
}

static void prepare_wait(void) {
  int timeout = uv_backend_timeout(&inner);
  if (timeout < 0) {
    must(uv_timer_stop(&inner_due));
  } else {
    must(uv_timer_start(&inner_due, on_due, (uint64_t)timeout, 0));
  }
}

static void scenario(uv_loop_t* loop) {
  must(uv_loop_init(&inner));
  must(uv_poll_init(loop, &watcher, uv_backend_fd(&inner)));
  must(uv_poll_start(&watcher, UV_READABLE, on_readable));
  must(uv_timer_init(loop, &inner_due));
  must(uv_async_init(&inner, &async, on_async));
  must(uv_timer_init(&inner, &timer));
  peer = pipe_and_peer(&inner, &stream);
  must(uv_run(&inner, UV_RUN_NOWAIT));
  prepare_wait();
  must(uv_thread_create(&thread, send_async, NULL));
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_thread_join(&thread));
  must(uv_loop_close(&inner));
  close(peer);
}
