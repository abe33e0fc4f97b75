/*
 * Random bytes asked for with a callback come in it, and not inside the call; without one they are
 * there when the call returns.
 *
 * rules: WORK-14, RE-01
 * total: direct(status=OK), requested, random(status=OK)
 */
#include "trace.h"

static uv_random_t request;
static char bytes[16];

static void on_random(uv_random_t* random_request, int status, void* buf, size_t length) {
  (void)random_request;
  check(buf == bytes && length == sizeof bytes);
  trace_status("random", status);
}

static void scenario(uv_loop_t* loop) {
  trace_status("direct", uv_random(NULL, NULL, bytes, sizeof bytes, 0, NULL));
  must(uv_random(loop, &request, bytes, sizeof bytes, 0, on_random));
  trace("requested");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
