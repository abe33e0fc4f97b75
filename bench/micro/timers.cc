// Many timers: starting, stopping, firing. An operation is that of one timer; an iteration goes
// over all of them.
#include <cstddef>
#include <vector>

#include "cases.h"

namespace {

constexpr std::int64_t kTimers = 1'000'000;

std::uint64_t next_random(std::uint64_t& state) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 33;
}

class Timers {
 public:
  explicit Timers(std::int64_t count) : timers_(static_cast<std::size_t>(count)) {
    for (uv_timer_t& timer : timers_)
      uv_timer_init(loop_.get(), &timer);
  }
  ~Timers() { loop_.close_all_and_run(); }

  void start_at_random_times(std::uint64_t first, std::uint64_t span) {
    std::uint64_t state = 1;
    for (uv_timer_t& timer : timers_)
      start(timer, first + next_random(state) % span);
  }
  void start_at(std::uint64_t time) {
    for (uv_timer_t& timer : timers_)
      start(timer, time);
  }
  void restart_some_at(std::uint64_t time) {
    std::uint64_t state = 2;
    for (std::size_t i = 0; i < timers_.size(); ++i)
      start(timers_[next_random(state) % timers_.size()], time);
  }
  void stop() {
    for (uv_timer_t& timer : timers_)
      uv_timer_stop(&timer);
  }
  void fire() { loop_.run(); }

 private:
  static void start(uv_timer_t& timer, std::uint64_t time) {
    uv_timer_start(
        &timer, [](uv_timer_t*) {}, time, 0);
  }

  bench::Loop loop_;
  std::vector<uv_timer_t> timers_;
};

void start_and_stop_at_random_times(benchmark::State& state) {
  Timers timers(state.range(0));
  while (state.KeepRunningBatch(state.range(0))) {
    timers.start_at_random_times(1000, 1'000'000);
    timers.stop();
  }
}
BENCHMARK(start_and_stop_at_random_times)->Arg(kTimers)->Apply(bench::all_threads);

void start_and_stop_at_one_time(benchmark::State& state) {
  Timers timers(state.range(0));
  while (state.KeepRunningBatch(state.range(0))) {
    timers.start_at(60'000);
    timers.stop();
  }
}
BENCHMARK(start_and_stop_at_one_time)->Arg(kTimers)->Apply(bench::all_threads);

// Starts all of them, then starts as many again, each time one of all.
void start_and_restart(benchmark::State& state) {
  Timers timers(state.range(0));
  while (state.KeepRunningBatch(state.range(0))) {
    timers.start_at_random_times(1000, 1'000'000);
    timers.restart_some_at(5000);
  }
}
BENCHMARK(start_and_restart)->Arg(kTimers)->Apply(bench::all_threads);

void start_and_fire(benchmark::State& state) {
  Timers timers(state.range(0));
  while (state.KeepRunningBatch(state.range(0))) {
    timers.start_at_random_times(0, 5);
    timers.fire();
  }
}
BENCHMARK(start_and_fire)->Arg(kTimers)->Apply(bench::all_threads);

}  // namespace

BENCHMARK_MAIN();
