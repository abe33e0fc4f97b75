/*
 * A signal that is ignored when the program starts, as under nohup(1), is ignored again when its
 * last handle has stopped, and after the signal of a oneshot handle. What the program sets while a
 * handle is started stays.
 *
 * rules: SIGNAL-11
 * [since 1.52] total: one(ignored=0), none(ignored=1), came(ignored=1), meanwhile(ignored=1)
 * [before 1.52] total: one(ignored=0), none(ignored=0), came(ignored=0), meanwhile(ignored=0)
 * differs: libuv leaves the default action behind, and a nohup is lost
 */
#include "pairs.h"

static uv_signal_t handles[2];

static void look(const char* event) {
  struct sigaction action;
  check(sigaction(SIGHUP, NULL, &action) == 0);
  trace_int(event, "ignored", action.sa_handler == SIG_IGN);
}

static void on_signal(uv_signal_t* handle, int number) {
  (void)handle;
  (void)number;
}

static void scenario(uv_loop_t* loop) {
  must(uv_signal_init(loop, &handles[0]));
  must(uv_signal_init(loop, &handles[1]));
  signal(SIGHUP, SIG_IGN);
  must(uv_signal_start(&handles[0], on_signal, SIGHUP));
  must(uv_signal_start(&handles[1], on_signal, SIGHUP));
  must(uv_signal_stop(&handles[0]));
  look("one");
  must(uv_signal_stop(&handles[1]));
  look("none");
  signal(SIGHUP, SIG_IGN);
  must(uv_signal_start_oneshot(&handles[0], on_signal, SIGHUP));
  raise(SIGHUP);
  look("came");
  must(uv_run(loop, UV_RUN_DEFAULT));
  signal(SIGHUP, SIG_DFL);
  must(uv_signal_start(&handles[0], on_signal, SIGHUP));
  signal(SIGHUP, SIG_IGN);
  must(uv_signal_stop(&handles[0]));
  look("meanwhile");
}
