// What the peers in C++ share: a list of what each does, and how timers are checked.
#pragma once

#include <signal.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>

#include "protocol.h"

namespace peer {

struct Task {
  const char* program;
  const char* mode;  // Of the option `mode`; null where there is none.
  void (*run)();
};

// The first word of the arguments is the program that the peer stands for.
template <std::size_t kCount>
int main(int argc, char** argv, const Task (&tasks)[kCount]) {
  options_read(argc, argv);
  signal(SIGPIPE, SIG_IGN);
  for (const Task& task : tasks) {
    if (argc < 2 || std::strcmp(argv[1], task.program) != 0) continue;
    if (task.mode != nullptr && !option_is("mode", task.mode)) continue;
    task.run();
    return 0;
  }
  lacks("not done by this peer");
  return 0;
}

// What a server that counts bytes says at their end.
inline std::string told(std::uint64_t received) {
  return std::to_string(received) + "\n";
}

// Many timers, again and again until the time is up, as bench/workloads/timers.c has it. `start`
// starts one, which calls on_fired() when it fires; `run` returns when all have.
class Timers {
 public:
  const unsigned count = option_count("count", 1000000);

  template <typename Start, typename RunAll>
  void run(Start start, RunAll run_all) {
    const std::uint64_t span = option_count("span", 5);
    std::uint64_t state = kFirstRandomState, rounds = 0;
    await_go();
    do {
      ++rounds;
      for (unsigned i = 0; i < count; ++i) {
        const std::uint64_t delay = next_random(&state) % span;
        start(i, delay, now_nanoseconds() + delay * 1000000);
      }
      run_all();
    } while (!time_is_up());
    const std::uint64_t passed = nanoseconds_since_go();
    if (fired_ != rounds * count) cheats("a timer has not fired once for each start");
    finish(fired_, passed, "");
  }

  void on_fired(bool in_time) {
    if (!in_time) cheats("a timer fires before its time");
    ++fired_;
  }

 private:
  std::uint64_t fired_ = 0;
};

}  // namespace peer
