/*
 * An unreferenced uv_fs_poll_t does not keep the loop alive, also while it asks for the file's
 * status. Closed, it does until its close callback.
 *
 * rules: FS-12
 * differs: libuv counts the status request as the program's.
 * [since 1.47] total: alive, not-alive, over, closing-alive, closed
 * [before 1.47] total: alive, alive, over, closing-alive, closed
 */
#include "trace.h"

static uv_fs_poll_t watcher;

static void on_change(uv_fs_poll_t* handle, int status, const uv_stat_t* before,
                      const uv_stat_t* now) {
  (void)handle;
  (void)status;
  (void)before;
  (void)now;
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  must(uv_fs_poll_init(loop, &watcher));
  must(uv_fs_poll_start(&watcher, on_change, ".", 100000));
  trace(uv_loop_alive(loop) ? "alive" : "not-alive");
  uv_unref((uv_handle_t*)&watcher);
  trace(uv_loop_alive(loop) ? "alive" : "not-alive");
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace("over");
  /* A stop and a start put a request under way in any case. */
  must(uv_fs_poll_stop(&watcher));
  must(uv_fs_poll_start(&watcher, on_change, ".", 100000));
  uv_close((uv_handle_t*)&watcher, on_closed);
  trace(uv_loop_alive(loop) ? "closing-alive" : "closing-not-alive");
  must(uv_run(loop, UV_RUN_DEFAULT));
}
