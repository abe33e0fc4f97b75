/*
 * A handle closed in a close callback gets its own in the next iteration, not in the same phase.
 *
 * rules: CLOSE-07
 * total: check, first, check, second
 */
#include "trace.h"

static uv_timer_t first;
static uv_timer_t second;
static uv_check_t check_handle;

static void on_second_closed(uv_handle_t* handle) {
  (void)handle;
  trace("second");
}

static void on_first_closed(uv_handle_t* handle) {
  (void)handle;
  trace("first");
  uv_close((uv_handle_t*)&second, on_second_closed);
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &first));
  must(uv_timer_init(loop, &second));
  must(uv_check_init(loop, &check_handle));
  must(uv_check_start(&check_handle, on_check));
  uv_unref((uv_handle_t*)&check_handle);
  uv_close((uv_handle_t*)&first, on_first_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
