// How far a timer is away: the whole range of its 64 bits, and what callbacks take meanwhile.
#include <climits>
#include <cstdint>
#include <thread>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

constexpr std::uint64_t kDelays[] = {
    0xffff'ffff'ffff,
    UINT64_MAX / 1'000'000,
    UINT64_MAX / 1'000'000 + 1,
    std::uint64_t{1} << 62,
    std::uint64_t{1} << 63,
    UINT64_MAX - 1,
    UINT64_MAX,
};

std::uint64_t end_of_time_or(std::uint64_t now, std::uint64_t delay) {
  return delay > UINT64_MAX - now ? UINT64_MAX : now + delay;
}

void never(uv_timer_t*) {
  ADD_FAILURE() << "it is not due";
}

class TimerDistance : public LoopTest {
 protected:
  uv_timer_t& timer() {
    uv_timer_t& timer = fresh<uv_timer_t>();
    EXPECT_EQ(0, uv_timer_init(&loop, &timer));
    return timer;
  }
  std::uint64_t due(const uv_timer_t& timer) { return uv_now(&loop) + uv_timer_get_due_in(&timer); }
};

TEST_F(TimerDistance, IsExactForEveryTimeout) {
  REQUIRE_FUNCTION(uv_timer_get_due_in);
  uv_timer_t& far_off = timer();
  for (std::uint64_t delay : kDelays) {
    ASSERT_EQ(0, uv_timer_start(&far_off, never, delay, 0));
    EXPECT_EQ(end_of_time_or(uv_now(&loop), delay), due(far_off)) << delay;
    EXPECT_NE(0, uv_run(&loop, UV_RUN_NOWAIT));
    EXPECT_EQ(INT_MAX, uv_backend_timeout(&loop)) << delay;
  }
}

TEST_F(TimerDistance, IsExactForEveryRepeatValue) {
  REQUIRE_FUNCTION(uv_timer_get_due_in);
  uv_timer_t& far_off = timer();
  for (std::uint64_t repeat : kDelays) {
    ASSERT_EQ(0, uv_timer_start(&far_off, never, 1'000'000, repeat));
    EXPECT_EQ(repeat, uv_timer_get_repeat(&far_off));
    ASSERT_EQ(0, uv_timer_again(&far_off));
    EXPECT_EQ(end_of_time_or(uv_now(&loop), repeat), due(far_off)) << repeat;
    EXPECT_NE(0, uv_run(&loop, UV_RUN_NOWAIT));
  }
}

TEST_F(TimerDistance, ARepetitionMayBeFarAway) {
  REQUIRE_FUNCTION(uv_timer_get_due_in);
  uv_timer_t& repeating = timer();
  std::uint64_t due_then = 0;
  Action action = [&] {
    due_then = due(repeating);
    EXPECT_EQ(end_of_time_or(uv_now(&loop), UINT64_MAX), due_then);
  };
  repeating.data = &action;
  ASSERT_EQ(0, uv_timer_start(&repeating, run_action<uv_timer_t>, 1, UINT64_MAX));
  while (due_then == 0)
    run(UV_RUN_ONCE);
}

TEST_F(TimerDistance, StaysTheSameMomentWhileTimePasses) {
  REQUIRE_FUNCTION(uv_timer_get_due_in);
  uv_timer_t& later = timer();
  ASSERT_EQ(0, uv_timer_start(&later, never, 1'000'000, 0));
  const std::uint64_t moment = due(later);
  // Through parts of several milliseconds.
  for (std::uint64_t begin = uv_hrtime(); uv_hrtime() - begin < 5'000'000;) {
    uv_update_time(&loop);
    ASSERT_EQ(moment, due(later));
  }
}

TEST_F(TimerDistance, FarTimersComeBehindNearOnes) {
  uv_timer_t* timers = fresh_array<uv_timer_t>(std::size(kDelays));
  for (std::size_t i = 0; i < std::size(kDelays); ++i) {
    uv_timer_init(&loop, &timers[i]);
    ASSERT_EQ(0, uv_timer_start(&timers[i], never, kDelays[std::size(kDelays) - 1 - i], 0));
  }
  uv_timer_t& soon = timer();
  int ticks = 0;
  Action tick = [&] {
    // Every one in turn is the first, among others, to go.
    if (ticks < static_cast<int>(std::size(kDelays))) uv_timer_stop(&timers[ticks]);
    if (++ticks == 10) uv_timer_stop(&soon);
  };
  soon.data = &tick;
  ASSERT_EQ(0, uv_timer_start(&soon, run_action<uv_timer_t>, 1, 1));
  run();
  EXPECT_EQ(10, ticks);
}

TEST_F(TimerDistance, ALoopWithFarTimersOnlyCanBeWoken) {
  for (std::uint64_t delay : kDelays) {
    uv_timer_t& far_off = timer();
    ASSERT_EQ(0, uv_timer_start(&far_off, never, delay, 0));
    uv_async_t& async = fresh<uv_async_t>();
    bool is_woken = false;
    Action wake = [&] { is_woken = true; };
    ASSERT_EQ(0, uv_async_init(&loop, &async, run_action<uv_async_t>));
    async.data = &wake;
    std::thread sender([&] { uv_async_send(&async); });
    while (!is_woken)
      run(UV_RUN_ONCE);
    sender.join();
    uv_timer_stop(&far_off);
  }
}

// Whoever waits on the loop's descriptor from outside asks how long.
TEST_F(TimerDistance, TheTimeoutForAnEmbedderKnowsWhatTimersTook) {
  REQUIRE_FUNCTION(violet_loop_init);
  uv_timer_t& slow = timer();
  uv_timer_t& next = timer();
  bool has_run = false;
  Action take_long = [&] {
    has_run = true;
    const std::uint64_t begin = uv_hrtime();
    while (uv_hrtime() - begin < 20'000'000) {
    }
  };
  slow.data = &take_long;
  ASSERT_EQ(0, uv_timer_start(&slow, run_action<uv_timer_t>, 1, 0));
  while (!has_run) {
    ASSERT_EQ(0, uv_timer_start(&next, never, 100'000, 0));
    run(UV_RUN_NOWAIT);
  }
  // It was started before the callback, on a clock that is not newer than that.
  EXPECT_LE(uv_backend_timeout(&loop), 100'000 - 20 + 1);
  EXPECT_GT(uv_backend_timeout(&loop), 0);
}

TEST_F(TimerDistance, TheTimeoutForAnEmbedderIsReckonedFromTheLoopsTime) {
  uv_timer_t& next = timer();
  ASSERT_EQ(0, uv_timer_start(&next, never, 100'000, 0));
  // Before its first run libuv says 0.
  run(UV_RUN_NOWAIT);
  ASSERT_EQ(0, uv_timer_start(&next, never, 100'000, 0));
  const std::uint64_t begin = uv_hrtime();
  while (uv_hrtime() - begin < 5'000'000) {
  }
  EXPECT_EQ(100'000, uv_backend_timeout(&loop));
}

}  // namespace
}  // namespace conformance
