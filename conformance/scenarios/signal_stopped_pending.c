/*
 * A signal handle stopped or closed after the signal came, before its callback, gets none.
 *
 * rules: SIGNAL-07, CLOSE-05
 * total: raised, closed
 */
#include "pairs.h"

static uv_signal_t stopped;
static uv_signal_t closed;

static void on_signal(uv_signal_t* handle, int number) {
  (void)handle;
  (void)number;
  trace("signal");
}

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  must(uv_signal_init(loop, &stopped));
  must(uv_signal_init(loop, &closed));
  must(uv_signal_start(&stopped, on_signal, SIGUSR1));
  must(uv_signal_start(&closed, on_signal, SIGUSR1));
  check(raise(SIGUSR1) == 0);
  trace("raised");
  must(uv_signal_stop(&stopped));
  uv_close((uv_handle_t*)&closed, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_run(loop, UV_RUN_NOWAIT));
}
