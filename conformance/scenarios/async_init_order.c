/*
 * Async handles that were sent to before the loop looks have their callbacks in the order of
 * uv_async_init(), whatever the order of the sends. One that was closed and initialised again comes
 * last.
 *
 * rules: ASYNC-14
 * total: b, d, e, f, g, c, check
 */
#include "trace.h"

static uv_async_t handles[7];
static uv_check_t check_handle;

static void on_async(uv_async_t* handle) {
  static const char* const names[] = {"a", "b", "c", "d", "e", "f", "g"};
  trace(names[handle - handles]);
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  static const int order[] = {4, 1, 6, 2, 5, 3};
  int i;
  for (i = 0; i < 7; i++)
    must(uv_async_init(loop, &handles[i], on_async));
  uv_close((uv_handle_t*)&handles[2], NULL);
  must(uv_run(loop, UV_RUN_NOWAIT));
  must(uv_async_init(loop, &handles[2], on_async));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  for (i = 0; i < 6; i++)
    must(uv_async_send(&handles[order[i]]));
  must(uv_run(loop, UV_RUN_NOWAIT));
}
