/*
 * A signal is caught as long as any of its handles is started; when the last one stops or closes,
 * it has its default action again.
 *
 * rules: SIGNAL-06
 * total: both(default=0), one(default=0), none(default=1), again(default=0), closed(default=1)
 */
#include "pairs.h"

static uv_signal_t handles[2];

static void on_signal(uv_signal_t* handle, int number) {
  (void)handle;
  (void)number;
  trace("signal");
}

static void look(const char* event) {
  struct sigaction action;
  check(sigaction(SIGUSR1, NULL, &action) == 0);
  trace_int(event, "default", action.sa_handler == SIG_DFL);
}

static void scenario(uv_loop_t* loop) {
  must(uv_signal_init(loop, &handles[0]));
  must(uv_signal_init(loop, &handles[1]));
  must(uv_signal_start(&handles[0], on_signal, SIGUSR1));
  must(uv_signal_start(&handles[1], on_signal, SIGUSR1));
  look("both");
  must(uv_signal_stop(&handles[0]));
  look("one");
  must(uv_signal_stop(&handles[1]));
  look("none");
  must(uv_signal_start(&handles[0], on_signal, SIGUSR1));
  look("again");
  uv_close((uv_handle_t*)&handles[0], NULL);
  look("closed");
}
