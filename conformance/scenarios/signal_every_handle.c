/*
 * Every handle that watches a signal gets its callback, on every loop; a handle for another signal
 * gets none.
 *
 * rules: SIGNAL-03, SIGNAL-04
 * count: first = 1
 * count: second = 1
 * count: other-loop = 1
 * count: other-signal = 0
 * order: first < done
 * order: second < done
 * order: other-loop < done
 */
#include "pairs.h"

static uv_loop_t second_loop;
static uv_signal_t handles[4];

static void on_signal(uv_signal_t* handle, int number) {
  static const char* names[] = {"first", "second", "other-loop", "other-signal"};
  check(number == SIGUSR1);
  trace(names[handle - handles]);
  must(uv_signal_stop(handle));
  if (handle == &handles[2]) uv_stop(&second_loop);
}

static void scenario(uv_loop_t* loop) {
  must(uv_loop_init(&second_loop));
  must(uv_signal_init(loop, &handles[0]));
  must(uv_signal_init(loop, &handles[1]));
  must(uv_signal_init(&second_loop, &handles[2]));
  must(uv_signal_init(loop, &handles[3]));
  must(uv_signal_start(&handles[0], on_signal, SIGUSR1));
  must(uv_signal_start(&handles[1], on_signal, SIGUSR1));
  must(uv_signal_start(&handles[2], on_signal, SIGUSR1));
  must(uv_signal_start(&handles[3], on_signal, SIGUSR2));
  uv_unref((uv_handle_t*)&handles[3]);
  check(raise(SIGUSR1) == 0);
  must(uv_run(loop, UV_RUN_DEFAULT));
  must(uv_run(&second_loop, UV_RUN_DEFAULT));
  trace("done");
  close_everything(&second_loop);
  must(uv_loop_close(&second_loop));
}
