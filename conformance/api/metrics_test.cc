// The loop's idle time, as other threads see it.
#include <atomic>
#include <cstdint>
#include <thread>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

// Reads until the loop is through; counts how often less was told than before.
void watch_idle_time(uv_loop_t* loop, const std::atomic<bool>& is_over, int& steps_back) {
  std::uint64_t last = 0;
  while (!is_over) {
    std::uint64_t now = uv_metrics_idle_time(loop);
    if (now < last) ++steps_back;
    last = now;
  }
}

class MetricsTest : public LoopTest {};

TEST_F(MetricsTest, IdleTimeNeverGoesBackForAnotherThread) {
  // 1.44.2 takes back what passes between its looking at the clock and at the loop.
  REQUIRE_FUNCTION(violet_loop_init);
  ASSERT_EQ(0, uv_loop_configure(&loop, UV_METRICS_IDLE_TIME));
  std::atomic<bool> is_over{false};
  int steps_back = 0;
  std::thread reader([&] { watch_idle_time(&loop, is_over, steps_back); });
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_timer_init(&loop, &timer);
  int left = 100;
  Action action = [&] {
    if (--left == 0) uv_timer_stop(&timer);
  };
  timer.data = &action;
  uv_timer_start(&timer, run_action<uv_timer_t>, 1, 1);
  run();
  is_over = true;
  reader.join();
  EXPECT_EQ(0, steps_back);
}

}  // namespace
}  // namespace conformance
