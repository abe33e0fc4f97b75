/*
 * When the other side is gone a polled descriptor is readable, and uv_poll_t says so without being
 * asked to look; a uv_poll_t that asks for UV_DISCONNECT only is told that.
 *
 * rules: POLL-10
 * total: readable, disconnect
 */
#include "pairs.h"

static uv_poll_t poll_handle;

static void on_disconnect(uv_poll_t* handle, int status, int events) {
  must(status);
  check(events & UV_DISCONNECT);
  trace("disconnect");
  uv_close((uv_handle_t*)handle, NULL);
}

static void on_readable(uv_poll_t* handle, int status, int events) {
  must(status);
  check(events & UV_READABLE);
  trace("readable");
  must(uv_poll_start(handle, UV_DISCONNECT, on_disconnect));
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  tcp_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_poll_start(&poll_handle, UV_READABLE, on_readable));
  close(ends[1]);
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
}
