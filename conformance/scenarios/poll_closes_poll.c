/*
 * Of two descriptors that are ready in the same poll, the first one's callback stops, or closes,
 * the other's handle: its event is dropped.
 *
 * rules: POLL-05, POLL-08, CLOSE-14
 * total: called, closed, called, stopped
 */
#include "pairs.h"

static uv_poll_t polls[2];
static int ends[2][2];
static int with_stop;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void on_ready(uv_poll_t* handle, int status, int events) {
  uv_poll_t* other = &polls[handle == polls];
  (void)events;
  must(status);
  trace("called");
  must(uv_poll_stop(handle));
  if (with_stop) {
    must(uv_poll_stop(other));
  } else {
    uv_close((uv_handle_t*)other, on_closed);
  }
}

static void both_ready(uv_loop_t* loop) {
  int i;
  for (i = 0; i < 2; i++) {
    local_sockets(ends[i]);
    must(uv_poll_init(loop, &polls[i], ends[i][0]));
    must(uv_poll_start(&polls[i], UV_READABLE, on_ready));
    send_bytes(ends[i][1], "x");
  }
  must(uv_run(loop, UV_RUN_DEFAULT));
}

static void scenario(uv_loop_t* loop) {
  both_ready(loop);
  close_everything(loop);
  with_stop = 1;
  both_ready(loop);
  trace("stopped");
}
