/*
 * Starting an active handle again does not change its turn among the others.
 *
 * rules: HOOK-05, HOOK-02
 * total: c, b, a
 */
#include "trace.h"

static uv_prepare_t handles[3];

static void on_prepare(uv_prepare_t* handle) {
  trace((const char*)handle->data);
}

static void scenario(uv_loop_t* loop) {
  static char names[3][2] = {"a", "b", "c"};
  int i;
  for (i = 0; i < 3; i++) {
    must(uv_prepare_init(loop, &handles[i]));
    handles[i].data = names[i];
    must(uv_prepare_start(&handles[i], on_prepare));
  }
  must(uv_prepare_start(&handles[0], on_prepare));
  must(uv_run(loop, UV_RUN_NOWAIT));
}
