// A million timers: starting, stopping, firing.
#include <cstddef>
#include <vector>

#include "measure.h"

namespace {

constexpr std::size_t kTimers = 1'000'000;

std::uint64_t next_random(std::uint64_t& state) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return state >> 33;
}

}  // namespace

int main() {
  uv_loop_t loop;
  uv_loop_init(&loop);
  std::vector<uv_timer_t> timers(kTimers);
  for (uv_timer_t& timer : timers)
    uv_timer_init(&loop, &timer);
  uv_timer_cb nothing = [](uv_timer_t*) {};
  const long operations = static_cast<long>(kTimers);

  bench::measure("start and stop, random times", operations, [&] {
    std::uint64_t state = 1;
    for (uv_timer_t& timer : timers)
      uv_timer_start(&timer, nothing, 1000 + next_random(state) % 1'000'000, 0);
    for (uv_timer_t& timer : timers)
      uv_timer_stop(&timer);
  });
  bench::measure("start and stop, one time", operations, [&] {
    for (uv_timer_t& timer : timers)
      uv_timer_start(&timer, nothing, 60'000, 0);
    for (uv_timer_t& timer : timers)
      uv_timer_stop(&timer);
  });
  bench::measure("restart one of a million", operations, [&] {
    std::uint64_t state = 1;
    for (uv_timer_t& timer : timers)
      uv_timer_start(&timer, nothing, 1000 + next_random(state) % 1'000'000, 0);
    for (std::size_t i = 0; i < kTimers; ++i)
      uv_timer_start(&timers[next_random(state) % kTimers], nothing, 5000, 0);
  });
  for (uv_timer_t& timer : timers)
    uv_timer_stop(&timer);
  bench::measure("start and fire", operations, [&] {
    std::uint64_t state = 1;
    for (uv_timer_t& timer : timers)
      uv_timer_start(&timer, nothing, next_random(state) % 5, 0);
    uv_run(&loop, UV_RUN_DEFAULT);
  });
  return 0;
}
