/*
 * A loop with nothing to do returns 0 at once from every mode, and is not alive.
 *
 * rules: RUN-01, RUN-02
 * total: alive(value=0), default(value=0), once(value=0), nowait(value=0)
 */
#include "trace.h"

static void scenario(uv_loop_t* loop) {
  trace_int("alive", "value", uv_loop_alive(loop));
  trace_int("default", "value", uv_run(loop, UV_RUN_DEFAULT));
  trace_int("once", "value", uv_run(loop, UV_RUN_ONCE));
  trace_int("nowait", "value", uv_run(loop, UV_RUN_NOWAIT));
}
