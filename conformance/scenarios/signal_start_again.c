/*
 * Starting an active handle again for the same signal replaces its callback; for another signal it
 * watches that one from then on.
 *
 * rules: SIGNAL-09
 * total: second(expected=1), third(expected=1), default(value=1)
 */
#include "pairs.h"

static uv_signal_t handle;

static void on_first(uv_signal_t* signal_handle, int number) {
  (void)signal_handle;
  trace_int("first", "expected", number == SIGUSR1);
}

static void on_second(uv_signal_t* signal_handle, int number) {
  (void)signal_handle;
  trace_int("second", "expected", number == SIGUSR1);
}

static void on_third(uv_signal_t* signal_handle, int number) {
  trace_int("third", "expected", number == SIGUSR2);
  must(uv_signal_stop(signal_handle));
}

static void scenario(uv_loop_t* loop) {
  struct sigaction action;
  must(uv_signal_init(loop, &handle));
  must(uv_signal_start(&handle, on_first, SIGUSR1));
  must(uv_signal_start(&handle, on_second, SIGUSR1));
  check(raise(SIGUSR1) == 0);
  check(uv_run(loop, UV_RUN_ONCE) != 0);
  must(uv_signal_start(&handle, on_third, SIGUSR2));
  check(raise(SIGUSR2) == 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
  check(sigaction(SIGUSR1, NULL, &action) == 0);
  trace_int("default", "value", action.sa_handler == SIG_DFL);
}
