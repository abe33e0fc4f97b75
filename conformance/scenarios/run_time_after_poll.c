/*
 * The loop takes the time anew after it has waited: a callback of the poll phase sees a uv_now()
 * that counts the wait.
 *
 * rules: RUN-19
 * total: poll(waited=1)
 */
#include "trace.h"

static uv_async_t async;
static uint64_t start;

static void on_async(uv_async_t* handle) {
  trace_int("poll", "waited", uv_now(handle->loop) - start >= 4);
  uv_close((uv_handle_t*)handle, NULL);
}

/* The pause makes time pass for the loop to notice; nothing is awaited by it. */
static void send_later(void* arg) {
  uv_sleep(6);
  must(uv_async_send((uv_async_t*)arg));
}

static void scenario(uv_loop_t* loop) {
  uv_thread_t thread;
  must(uv_async_init(loop, &async, on_async));
  uv_update_time(loop);
  start = uv_now(loop);
  must(uv_thread_create(&thread, send_later, &async));
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_thread_join(&thread));
}
