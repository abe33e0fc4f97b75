/*
 * Among idle, prepare or check handles the one started last runs first.
 *
 * rules: HOOK-02
 * total: idle-3, idle-2, idle-1, prepare-3, prepare-2, prepare-1, check-3, check-2, check-1
 */
#include "trace.h"

static uv_idle_t idles[3];
static uv_prepare_t prepares[3];
static uv_check_t checks[3];

static void on_idle(uv_idle_t* handle) {
  trace((const char*)handle->data);
}
static void on_prepare(uv_prepare_t* handle) {
  trace((const char*)handle->data);
}
static void on_check(uv_check_t* handle) {
  trace((const char*)handle->data);
}

static void scenario(uv_loop_t* loop) {
  static const char* names[3][3] = {{"idle-1", "idle-2", "idle-3"},
                                    {"prepare-1", "prepare-2", "prepare-3"},
                                    {"check-1", "check-2", "check-3"}};
  int i;
  for (i = 0; i < 3; i++) {
    must(uv_idle_init(loop, &idles[i]));
    must(uv_prepare_init(loop, &prepares[i]));
    must(uv_check_init(loop, &checks[i]));
    idles[i].data = (void*)names[0][i];
    prepares[i].data = (void*)names[1][i];
    checks[i].data = (void*)names[2][i];
    must(uv_idle_start(&idles[i], on_idle));
    must(uv_prepare_start(&prepares[i], on_prepare));
    must(uv_check_start(&checks[i], on_check));
  }
  must(uv_run(loop, UV_RUN_NOWAIT));
}
