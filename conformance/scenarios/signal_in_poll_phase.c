/*
 * A signal that comes while a callback of the poll phase runs has its callback after it, in this
 * poll phase or in the next, which does not wait; never outside of one, never twice.
 *
 * rules: SIGNAL-10, SIGNAL-01
 * order: readable < signal < over
 * count: signal = 1
 * never: outside
 * never: late
 */
#include "pairs.h"

static uv_poll_t poll_handle;
static uv_signal_t signal_handle;
static uv_prepare_t prepare_handle;
static uv_check_t check_handle;
static uv_timer_t late;
static int polling;

static void on_poll(uv_poll_t* handle, int status, int events) {
  (void)events;
  must(status);
  trace("readable");
  must(uv_poll_stop(handle));
  check(raise(SIGUSR1) == 0);
}

static void on_signal(uv_signal_t* handle, int number) {
  (void)number;
  if (!polling) trace("outside");
  trace("signal");
  must(uv_signal_stop(handle));
  uv_stop(handle->loop);
}

static void on_prepare(uv_prepare_t* handle) {
  (void)handle;
  polling = 1;
}

static void on_check(uv_check_t* handle) {
  (void)handle;
  polling = 0;
}

static void on_late(uv_timer_t* handle) {
  trace("late");
  uv_stop(handle->loop);
}

static void scenario(uv_loop_t* loop) {
  int ends[2];
  local_sockets(ends);
  must(uv_poll_init(loop, &poll_handle, ends[0]));
  must(uv_signal_init(loop, &signal_handle));
  must(uv_prepare_init(loop, &prepare_handle));
  must(uv_check_init(loop, &check_handle));
  must(uv_timer_init(loop, &late));
  must(uv_signal_start(&signal_handle, on_signal, SIGUSR1));
  must(uv_prepare_start(&prepare_handle, on_prepare));
  must(uv_check_start(&check_handle, on_check));
  must(uv_timer_start(&late, on_late, 10000, 0));
  send_bytes(ends[1], "x");
  must(uv_poll_start(&poll_handle, UV_READABLE, on_poll));
  uv_run(loop, UV_RUN_DEFAULT);
  trace("over");
  uv_close((uv_handle_t*)&poll_handle, NULL);
  must(uv_prepare_stop(&prepare_handle));
  must(uv_check_stop(&check_handle));
  must(uv_timer_stop(&late));
  must(uv_run(loop, UV_RUN_DEFAULT));
  close(ends[0]);
  close(ends[1]);
}
