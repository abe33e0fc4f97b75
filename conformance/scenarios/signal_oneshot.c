/*
 * uv_signal_start_oneshot() runs its callback once, then the handle is stopped; the last handle of
 * a signal that stops gives the signal its default action back.
 *
 * rules: SIGNAL-05, SIGNAL-06
 * total: signal, after(active=0), default(value=1)
 */
#include "pairs.h"

static uv_signal_t handle;

static void on_signal(uv_signal_t* signal_handle, int number) {
  (void)signal_handle;
  (void)number;
  trace("signal");
}

static void scenario(uv_loop_t* loop) {
  struct sigaction action;
  must(uv_signal_init(loop, &handle));
  must(uv_signal_start_oneshot(&handle, on_signal, SIGUSR1));
  check(raise(SIGUSR1) == 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
  trace_int("after", "active", uv_is_active((uv_handle_t*)&handle) != 0);
  check(sigaction(SIGUSR1, NULL, &action) == 0);
  trace_int("default", "value", action.sa_handler == SIG_DFL);
}
