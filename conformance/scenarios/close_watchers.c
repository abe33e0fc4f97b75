/*
 * A signal handle and two watchers of files, closed in one callback while active, have
 * one close callback each, and no other.
 *
 * rules: CLOSE-03, CLOSE-05
 * needs: uv_fs_event_init, uv_fs_poll_init
 * count: closed = 3
 * count: called = 0
 */
#include "pairs.h"

static uv_signal_t signal_handle;
static uv_fs_event_t event;
static uv_fs_poll_t file_poll;
static uv_timer_t timer;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_signal(uv_signal_t* handle, int number) {
  (void)handle;
  (void)number;
  trace("called");
}

static void on_event(uv_fs_event_t* handle, const char* name, int events, int status) {
  (void)handle;
  (void)name;
  (void)events;
  (void)status;
  trace("called");
}

static void on_file_poll(uv_fs_poll_t* handle, int status, const uv_stat_t* before,
                         const uv_stat_t* after) {
  (void)handle;
  (void)status;
  (void)before;
  (void)after;
  trace("called");
}

static void on_timer(uv_timer_t* handle) {
  uv_close((uv_handle_t*)&signal_handle, on_closed);
  uv_close((uv_handle_t*)&event, on_closed);
  uv_close((uv_handle_t*)&file_poll, on_closed);
  uv_close((uv_handle_t*)handle, NULL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_signal_init(loop, &signal_handle));
  must(uv_signal_start(&signal_handle, on_signal, SIGHUP));
  must(uv_fs_event_init(loop, &event));
  must(uv_fs_event_start(&event, on_event, ".", 0));
  must(uv_fs_poll_init(loop, &file_poll));
  must(uv_fs_poll_start(&file_poll, on_file_poll, ".", 1000));
  must(uv_timer_init(loop, &timer));
  must(uv_timer_start(&timer, on_timer, 1, 0));
  must(uv_run(loop, UV_RUN_DEFAULT));
}
