/* Children, one after the other. An operation is from uv_spawn() to the exit callback.
 *     child=exit  the child returns at once: what starting costs
 *     child=loop  it makes a loop, lets a timer fire and closes the loop: what a program's start
 * costs ballast=MIB gives the parent memory of its own, which a copy of it would have to copy. */
#include <stdlib.h>
#include <string.h>

#include "workload.h"

enum { kRightStatus = 7 };

static uv_loop_t loop;
static uv_process_t process;
static char self[4096];
static uint64_t operations, spawned_at;

static void start_child(void);

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  if (!time_is_up()) start_child();
}

static void on_exit_of_child(uv_process_t* ended, int64_t status, int signal) {
  if (status != kRightStatus || signal != 0) cheats("the child ended in another way");
  ++operations;
  record_latency(uv_hrtime() - spawned_at);
  uv_close((uv_handle_t*)ended, on_closed);
}

static void start_child(void) {
  static char name[] = "spawn", role[] = "role=child", task[32] = "child=";
  static char* arguments[] = {name, role, task, NULL};
  uv_process_options_t options;
  strncpy(task + 6, option_text("child", "exit"), sizeof(task) - 7);
  memset(&options, 0, sizeof(options));
  options.file = self;
  options.args = arguments;
  options.exit_cb = on_exit_of_child;
  spawned_at = uv_hrtime();
  require(uv_spawn(&loop, &process, &options), "uv_spawn");
}

static void on_timer(uv_timer_t* timer) {
  uv_close((uv_handle_t*)timer, NULL);
}

static int be_child(void) {
  uv_timer_t timer;
  if (strcmp(option_text("child", "exit"), "loop") == 0) {
    require(uv_loop_init(&loop), "uv_loop_init");
    require(uv_timer_init(&loop, &timer), "uv_timer_init");
    require(uv_timer_start(&timer, on_timer, 0, 0), "uv_timer_start");
    uv_run(&loop, UV_RUN_DEFAULT);
    require(uv_loop_close(&loop), "uv_loop_close");
  }
  return kRightStatus;
}

int main(int argc, char** argv) {
  size_t size = sizeof(self);
  size_t ballast;
  options_read(argc, argv);
  if (strcmp(option_text("role", ""), "child") == 0) return be_child();
  ballast = (size_t)option_count("ballast", 0) << 20;
  if (ballast > 0) memset(allocate_zeroed(ballast, 1), 1, ballast);
  require(uv_exepath(self, &size), "uv_exepath");
  require(uv_loop_init(&loop), "uv_loop_init");
  await_go();
  start_child();
  uv_run(&loop, UV_RUN_DEFAULT);
  finish(operations, nanoseconds_since_go(), "");
  return 0;
}
