/*
 * A watched directory: a file that is made there is told in the poll phase, and after
 * uv_fs_event_stop() nothing more.
 *
 * rules: FS-10, FS-11
 * needs: uv_fs_event_init
 * total: made, prepare, event(name=new-file), check, stopped, prepare, check
 */
#include "pairs.h"

static uv_fs_event_t event;
static uv_prepare_t prepare;
static uv_check_t check_handle;

static void make(const char* name) {
  int file = open(name, O_CREAT | O_WRONLY, 0600);
  check(file >= 0);
  close(file);
}

static void on_event(uv_fs_event_t* handle, const char* name, int events, int status) {
  must(status);
  check(events != 0);
  trace_text("event", "name", name);
  must(uv_fs_event_stop(handle));
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
  must(uv_fs_event_init(loop, &event));
  must(uv_fs_event_start(&event, on_event, ".", 0));
  must(uv_prepare_init(loop, &prepare));
  must(uv_check_init(loop, &check_handle));
  must(uv_prepare_start(&prepare, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  make("new-file");
  trace("made");
  must(uv_run(loop, UV_RUN_ONCE));
  trace("stopped");
  make("another-file");
  must(uv_run(loop, UV_RUN_NOWAIT));
}
