/*
 * Close callbacks of one phase run in the opposite order of the uv_close() calls.
 *
 * rules: CLOSE-06
 * total: d, c, b, a
 */
#include "trace.h"

static uv_timer_t handles[4];

static void on_closed(uv_handle_t* handle) {
  trace((const char*)handle->data);
}

static void scenario(uv_loop_t* loop) {
  static char names[4][2] = {"a", "b", "c", "d"};
  int i;
  for (i = 0; i < 4; i++) {
    must(uv_timer_init(loop, &handles[i]));
    handles[i].data = names[i];
  }
  for (i = 0; i < 4; i++)
    uv_close((uv_handle_t*)&handles[i], on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
