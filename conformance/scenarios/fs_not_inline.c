/*
 * A file operation's callback never runs inside the call, however soon the answer is known, but in
 * a poll phase: after prepare, before check.
 *
 * rules: FS-01, FS-02, RE-01
 * total: requested, prepare, stat(status=OK), check
 */
#include "trace.h"

static uv_fs_t request;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void on_stat(uv_fs_t* stat) {
  trace_status("stat", stat->result);
  uv_fs_req_cleanup(stat);
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  trace("prepare");
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  trace("check");
}

static void scenario(uv_loop_t* loop) {
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  uv_unref((uv_handle_t*)&prepare);
  uv_unref((uv_handle_t*)&check_handle);
  must(uv_fs_stat(loop, &request, ".", on_stat));
  trace("requested");
  must(uv_run(loop, UV_RUN_ONCE));
}
