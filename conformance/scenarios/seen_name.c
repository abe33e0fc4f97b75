/*
 * A program reads the name of a bound pipe and what a poll handle waits for.
 *
 * rules: SEEN-03, SEEN-04
 * total: no_name, name, no_name, nothing, readable, both, nothing
 */
#include <string.h>
#include <sys/socket.h>

#include "trace.h"

static uv_pipe_t bound;
static uv_poll_t poll_handle;

static void show_name(void) {
  const char* name = bound.pipe_fname;
  trace(name == NULL ? "no_name" : strcmp(name, "seen_name.socket") == 0 ? "name" : "another");
}

static void show_events(void) {
  unsigned int events = poll_handle.io_watcher.pevents;
  trace(events == 0 ? "nothing" : events == 1 ? "readable" : events == 5 ? "both" : "another");
}

static void on_event(uv_poll_t* handle, int status, int events) {
  (void)handle, (void)status, (void)events;
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  must(uv_pipe_init(loop, &bound, 0));
  show_name();
  must(uv_pipe_bind(&bound, "seen_name.socket"));
  show_name();
  uv_close((uv_handle_t*)&bound, NULL);
  show_name();
  must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  show_events();
  must(uv_poll_start(&poll_handle, UV_READABLE, on_event));
  show_events();
  must(uv_poll_start(&poll_handle, UV_READABLE | UV_WRITABLE, on_event));
  show_events();
  must(uv_poll_stop(&poll_handle));
  show_events();
}
