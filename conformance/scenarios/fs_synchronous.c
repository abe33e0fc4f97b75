/*
 * Without a callback a file operation is done when the call returns, with its result as the call's;
 * the loop has nothing to do for it.
 *
 * rules: FS-03
 * total: missing(status=ENOENT), present(status=OK), alive(value=0)
 */
#include "trace.h"

static void scenario(uv_loop_t* loop) {
  uv_fs_t request;
  trace_status("missing", uv_fs_stat(loop, &request, "no-such-file", NULL));
  uv_fs_req_cleanup(&request);
  trace_status("present", uv_fs_stat(loop, &request, ".", NULL));
  uv_fs_req_cleanup(&request);
  trace_int("alive", "value", uv_loop_alive(loop));
}
