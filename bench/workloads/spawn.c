/* Children, one after the other. An operation is from uv_spawn() to the exit callback.
 *     child=exit  a program without the library, the same for all, that returns at once: what
 *                 starting costs
 *     child=loop  the child makes a loop, lets a timer fire and closes the loop: what a program's
 *                 start costs
 * ballast=MIB gives the parent memory of its own, which a copy of it would have to copy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workload.h"

/* Of a child: the letter that its second argument is, another one each time. */
static int letter_of(uint64_t number) {
  return 'A' + (int)(number % 26);
}

static uv_loop_t loop;
static uv_process_t process;
static char self[4096], child[4096];
static uint64_t operations, spawned_at;

static void start_child(void);

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  if (!time_is_up()) start_child();
}

static void on_exit_of_child(uv_process_t* ended, int64_t status, int signal) {
  if (status != letter_of(operations) || signal != 0) cheats("the child ended in another way");
  ++operations;
  record_latency(uv_hrtime() - spawned_at);
  uv_close((uv_handle_t*)ended, on_closed);
}

static void start_child(void) {
  static char name[] = "spawn", role[] = "role=child";
  static char letter[2];
  static char* arguments[] = {name, role, letter, NULL};
  uv_process_options_t options;
  letter[0] = (char)letter_of(operations);
  memset(&options, 0, sizeof(options));
  options.file = child;
  options.args = arguments;
  options.exit_cb = on_exit_of_child;
  spawned_at = uv_hrtime();
  require(uv_spawn(&loop, &process, &options), "uv_spawn");
}

static void on_timer(uv_timer_t* timer) {
  uv_close((uv_handle_t*)timer, NULL);
}

static int be_child(const char* letter) {
  uv_timer_t timer;
  require(uv_loop_init(&loop), "uv_loop_init");
  require(uv_timer_init(&loop, &timer), "uv_timer_init");
  require(uv_timer_start(&timer, on_timer, 0, 0), "uv_timer_start");
  uv_run(&loop, UV_RUN_DEFAULT);
  require(uv_loop_close(&loop), "uv_loop_close");
  return letter[0];
}

/* It lies beside this program. */
static void find_child(void) {
  const char* separator = strrchr(self, '/');
  const char* extension = "";
#if defined(_WIN32)
  separator = strrchr(self, '\\');
  extension = ".exe";
#endif
  if (strcmp(option_text("child", "exit"), "loop") == 0) {
    memcpy(child, self, sizeof(child));
  } else {
    snprintf(child, sizeof(child), "%.*sspawned%s", (int)(separator + 1 - self), self, extension);
  }
}

int main(int argc, char** argv) {
  size_t size = sizeof(self);
  size_t ballast;
  options_read(argc, argv);
  if (strcmp(option_text("role", ""), "child") == 0 && argc == 3) return be_child(argv[2]);
  ballast = (size_t)option_count("ballast", 0) << 20;
  if (ballast > 0) memset(allocate_zeroed(ballast, 1), 1, ballast);
  require(uv_exepath(self, &size), "uv_exepath");
  find_child();
  require(uv_loop_init(&loop), "uv_loop_init");
  await_go();
  start_child();
  uv_run(&loop, UV_RUN_DEFAULT);
  finish(operations, nanoseconds_since_go(), "");
  return 0;
}
