/* Many timers, again and again until the time is up. An operation is that of one timer.
 *     mode=fire   all are started, for times within `span` milliseconds, and fire
 *     mode=stop   all are started for far times and stopped
 * Each must fire once for each start, and not before its time. */
#include <string.h>

#include "workload.h"

enum { kFew = 32 };

struct timed {
  uv_timer_t timer;
  uint64_t due;
  unsigned fired;
};

static uv_loop_t loop;
static struct timed* all;
static unsigned total, rounds;
static uint64_t fired;

static void on_timer(uv_timer_t* timer) {
  struct timed* timed = timer->data;
  if (uv_now(&loop) < timed->due) cheats("a timer fires before its time");
  ++timed->fired;
  ++fired;
}

static void start_all(uint64_t first, uint64_t span, uint64_t* state) {
  uv_update_time(&loop);
  for (unsigned i = 0; i < total; ++i) {
    const uint64_t delay = first + next_random(state) % span;
    all[i].due = uv_now(&loop) + delay;
    require(uv_timer_start(&all[i].timer, on_timer, delay, 0), "uv_timer_start");
  }
}

static void check_each_fired(unsigned times) {
  for (unsigned i = 0; i < total; ++i) {
    if (all[i].fired != times) cheats("a timer has not fired once for each start");
  }
}

/* Of a million timers each is late: to see one come early takes few. */
static void check_a_few(uint64_t* state) {
  const unsigned all_of_them = total;
  if (total > kFew) total = kFew;
  start_all(1, kFew, state);
  uv_run(&loop, UV_RUN_DEFAULT);
  check_each_fired(1);
  for (unsigned i = 0; i < total; ++i)
    all[i].fired = 0;
  total = all_of_them;
  fired = 0;
}

int main(int argc, char** argv) {
  uint64_t state = kFirstRandomState, span, nanoseconds;
  int fires;
  options_read(argc, argv);
  total = option_count("count", 1000000);
  span = option_count("span", 5);
  fires = strcmp(option_text("mode", "fire"), "fire") == 0;
  all = allocate_zeroed(total, sizeof(*all));
  require(uv_loop_init(&loop), "uv_loop_init");
  for (unsigned i = 0; i < total; ++i) {
    require(uv_timer_init(&loop, &all[i].timer), "uv_timer_init");
    all[i].timer.data = &all[i];
  }
  if (fires) check_a_few(&state);
  await_go();
  do {
    ++rounds;
    if (fires) {
      start_all(0, span, &state);
      uv_run(&loop, UV_RUN_DEFAULT);
    } else {
      start_all(1000, 1000000, &state);
      for (unsigned i = 0; i < total; ++i)
        require(uv_timer_stop(&all[i].timer), "uv_timer_stop");
    }
  } while (!time_is_up());
  nanoseconds = nanoseconds_since_go();
  if (!fires && uv_loop_alive(&loop)) cheats("a stopped timer keeps the loop alive");
  check_each_fired(fires ? rounds : 0);
  finish(fires ? fired : (uint64_t)total * rounds, nanoseconds, "");
  return 0;
}
