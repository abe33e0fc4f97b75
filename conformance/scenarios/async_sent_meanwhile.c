/*
 * What an async callback sends to a handle that was initialised later, and has not been called in
 * this poll, is called in the same poll, in its place; what it sends to itself or an earlier one is
 * for the next. A handle that is initialised meanwhile waits too.
 *
 * rules: ASYNC-16, ASYNC-04
 * total: c, d, e, f, check, a, c, new, check, check
 */
#include "trace.h"

static uv_async_t handles[6];
static uv_async_t young;
static uv_check_t check_handle;
static int has_sent;

static void on_young(uv_async_t* handle) {
  (void)handle;
  trace("new");
}

static void on_async(uv_async_t* handle) {
  static const char* const names[] = {"a", "b", "c", "d", "e", "f"};
  trace(names[handle - handles]);
  if (handle != &handles[2] || has_sent++ != 0) return;
  must(uv_async_send(&handles[0]));
  must(uv_async_send(&handles[4]));
  must(uv_async_send(&handles[2]));
  must(uv_async_send(&handles[3]));
  must(uv_async_init(handle->loop, &young, on_young));
  must(uv_async_send(&young));
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 6; i++)
    must(uv_async_init(loop, &handles[i], on_async));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  must(uv_async_send(&handles[5]));
  must(uv_async_send(&handles[2]));
  for (i = 0; i < 3; i++)
    must(uv_run(loop, UV_RUN_NOWAIT));
}
