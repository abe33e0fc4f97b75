/* Turns of a loop that has an idle handle, and nothing else to do. */
#include "workload.h"

enum { kTurnsAtOnce = 1024 };

static uint64_t turns;

static void on_idle(uv_idle_t* idle) {
  ++turns;
  /* The clock would cost as much as the turn. */
  if (turns % kTurnsAtOnce == 0 && time_is_up()) uv_idle_stop(idle);
}

int main(int argc, char** argv) {
  uv_loop_t loop;
  uv_idle_t idle;
  options_read(argc, argv);
  require(uv_loop_init(&loop), "uv_loop_init");
  require(uv_idle_init(&loop, &idle), "uv_idle_init");
  await_go();
  require(uv_idle_start(&idle, on_idle), "uv_idle_start");
  uv_run(&loop, UV_RUN_DEFAULT);
  finish(turns, nanoseconds_since_go(), "");
  return 0;
}
