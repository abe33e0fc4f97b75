/* Turns of a loop that has an idle handle, and nothing else to do. */
#include "workload.h"

enum { kTurnsAtOnce = 1024, kComparedTurns = 1000 };

static uint64_t turns, prepares;

static void on_idle(uv_idle_t* idle) {
  ++turns;
  /* The clock would cost as much as the turn. */
  if (turns % kTurnsAtOnce == 0 && time_is_up()) uv_idle_stop(idle);
}

static void on_prepare(uv_prepare_t* prepare) {
  ++prepares;
  if (turns >= kComparedTurns) uv_prepare_stop(prepare);
}

static void on_compared_idle(uv_idle_t* idle) {
  if (++turns == kComparedTurns) uv_idle_stop(idle);
}

/* A turn has one of each: a callback more would be a turn that was not made. */
static void compare_with_prepares(uv_loop_t* loop, uv_idle_t* idle) {
  uv_prepare_t prepare;
  require(uv_prepare_init(loop, &prepare), "uv_prepare_init");
  require(uv_prepare_start(&prepare, on_prepare), "uv_prepare_start");
  require(uv_idle_start(idle, on_compared_idle), "uv_idle_start");
  uv_run(loop, UV_RUN_DEFAULT);
  if (turns != kComparedTurns || prepares != turns) cheats("callbacks are not turns of the loop");
  uv_close((uv_handle_t*)&prepare, NULL);
  uv_run(loop, UV_RUN_DEFAULT);
  turns = 0;
}

int main(int argc, char** argv) {
  uv_loop_t loop;
  uv_idle_t idle;
  options_read(argc, argv);
  require(uv_loop_init(&loop), "uv_loop_init");
  require(uv_idle_init(&loop, &idle), "uv_idle_init");
  compare_with_prepares(&loop, &idle);
  await_go();
  require(uv_idle_start(&idle, on_idle), "uv_idle_start");
  uv_run(&loop, UV_RUN_DEFAULT);
  finish(turns, nanoseconds_since_go(), "");
  return 0;
}
