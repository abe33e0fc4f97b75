/*
 * From its close callback on, a handle's memory is the program's: it can be initialized there as
 * another kind of handle.
 *
 * rules: CLOSE-08
 * total: closed, timer
 */
#include "trace.h"

static union {
  uv_async_t async;
  uv_timer_t timer;
} memory;

static void on_timer(uv_timer_t* handle) {
  (void)handle;
  trace("timer");
}

static void on_closed(uv_handle_t* handle) {
  uv_loop_t* loop = handle->loop;
  trace("closed");
  memset(&memory, 0xAA, sizeof memory);
  must(uv_timer_init(loop, &memory.timer));
  must(uv_timer_start(&memory.timer, on_timer, 0, 0));
}

static void scenario(uv_loop_t* loop) {
  must(uv_async_init(loop, &memory.async, NULL));
  must(uv_async_send(&memory.async));
  uv_close((uv_handle_t*)&memory.async, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
