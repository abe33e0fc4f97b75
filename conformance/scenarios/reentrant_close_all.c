/*
 * A callback may close every handle of the loop, its own among them; then each close callback runs
 * once and nothing else does.
 *
 * rules: RE-02, RE-03, CLOSE-03
 * count: closed = 6
 * count: after = 0
 * order: first < closed
 * count: first = 1
 */
#include "pairs.h"

static uv_pipe_t stream;
static uv_timer_t timer;
static uv_idle_t idle;
static uv_async_t async;
static uv_check_t check_handle;
static uv_prepare_t prepare;
static int began;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void close_one(uv_handle_t* handle, void* arg) {
  (void)arg;
  uv_close(handle, on_closed);
}

static void act(uv_loop_t* loop) {
  if (began++) {
    trace("after");
    return;
  }
  trace("first");
  uv_walk(loop, close_one, NULL);
}

static void on_read(uv_stream_t* handle, ssize_t nread, const uv_buf_t* buf) {
  (void)nread;
  (void)buf;
  act(handle->loop);
}
static void on_timer(uv_timer_t* handle) {
  act(handle->loop);
}
static void on_idle(uv_idle_t* handle) {
  act(handle->loop);
}
static void on_async(uv_async_t* handle) {
  act(handle->loop);
}
static void on_check(uv_check_t* handle) {
  act(handle->loop);
}
static void on_prepare(uv_prepare_t* handle) {
  act(handle->loop);
}

static void scenario(uv_loop_t* loop) {
  int peer = pipe_and_peer(loop, &stream);
  send_bytes(peer, "x");
  must(uv_read_start((uv_stream_t*)&stream, give_buffer, on_read));
  must(uv_timer_init(loop, &timer));
  must(uv_idle_init(loop, &idle));
  must(uv_async_init(loop, &async, on_async));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_init(loop, &prepare));
  must(uv_timer_start(&timer, on_timer, 0, 0));
  must(uv_idle_start(&idle, on_idle));
  must(uv_async_send(&async));
  must(uv_check_start(&check_handle, on_check));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(peer);
}
