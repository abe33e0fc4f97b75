// Timers: when they fire, in what order, and what a callback may do to them.
#include <algorithm>
#include <cstdint>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

class TimerTest : public LoopTest {
 protected:
  void init(uv_timer_t& timer) { ASSERT_EQ(0, uv_timer_init(&loop, &timer)); }
  void start(uv_timer_t& timer, Action& action, std::uint64_t timeout, std::uint64_t repeat = 0) {
    timer.data = &action;
    ASSERT_EQ(0, uv_timer_start(&timer, run_action<uv_timer_t>, timeout, repeat));
  }
};

TEST_F(TimerTest, FiresOnceAndThenIsInactive) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  EXPECT_EQ(UV_TIMER, timer.type);
  int fired = 0;
  Action action = [&] {
    ++fired;
    EXPECT_EQ(0, uv_is_active(reinterpret_cast<uv_handle_t*>(&timer)));
  };
  start(timer, action, 1);
  EXPECT_EQ(1, uv_is_active(reinterpret_cast<uv_handle_t*>(&timer)));
  EXPECT_EQ(0, run());
  EXPECT_EQ(1, fired);
}

TEST_F(TimerTest, NeedsACallbackAndAnOpenHandle) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  EXPECT_EQ(UV_EINVAL, uv_timer_start(&timer, nullptr, 1, 0));
  EXPECT_EQ(UV_EINVAL, uv_timer_again(&timer)) << "never started";
  EXPECT_EQ(0, uv_timer_stop(&timer)) << "stopping a stopped timer is harmless";
  uv_close(reinterpret_cast<uv_handle_t*>(&timer), nullptr);
  Action action = [] {};
  timer.data = &action;
  EXPECT_EQ(UV_EINVAL, uv_timer_start(&timer, run_action<uv_timer_t>, 1, 0));
}

TEST_F(TimerTest, NeverFiresEarly) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  for (std::uint64_t delay : {1, 2, 3, 7, 15}) {
    uv_update_time(&loop);
    const std::uint64_t started_ms = uv_now(&loop);
    std::uint64_t fired_ms = 0;
    Action action = [&] { fired_ms = uv_now(&loop); };
    start(timer, action, delay);
    run();
    EXPECT_GE(fired_ms, started_ms + delay);
  }
}

TEST_F(TimerTest, TiesFireInTheOrderOfStarting) {
  constexpr int kCount = 20;
  uv_timer_t* timers = fresh_array<uv_timer_t>(kCount);
  Action actions[kCount];
  std::vector<int> order;
  for (int i = 0; i < kCount; ++i) {
    init(timers[i]);
    actions[i] = [&order, i] { order.push_back(i); };
  }
  for (int i = kCount; i-- > 0;)
    start(timers[i], actions[i], 2);
  run();
  ASSERT_EQ(static_cast<std::size_t>(kCount), order.size());
  for (int i = 0; i < kCount; ++i)
    EXPECT_EQ(kCount - 1 - i, order[static_cast<std::size_t>(i)]);
}

TEST_F(TimerTest, EarlierDueTimesComeFirst) {
  uv_timer_t* timers = fresh_array<uv_timer_t>(3);
  Trace trace;
  Action actions[3] = {[&] { trace.push_back("5"); }, [&] { trace.push_back("1"); },
                       [&] { trace.push_back("0"); }};
  const std::uint64_t delays[] = {5, 1, 0};
  for (int i = 0; i < 3; ++i) {
    init(timers[i]);
    start(timers[i], actions[i], delays[i]);
  }
  run();
  EXPECT_EQ((Trace{"0", "1", "5"}), trace);
}

TEST_F(TimerTest, RepeatsUntilStopped) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  int fired = 0;
  Action action = [&] {
    EXPECT_EQ(1, uv_is_active(reinterpret_cast<uv_handle_t*>(&timer)));
    if (++fired == 3) uv_timer_stop(&timer);
  };
  start(timer, action, 1, 1);
  EXPECT_EQ(1u, uv_timer_get_repeat(&timer));
  run();
  EXPECT_EQ(3, fired);
}

TEST_F(TimerTest, AgainRestartsWithTheRepeatValue) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  int fired = 0;
  Action action = [&] {
    ++fired;
    uv_timer_set_repeat(&timer, 0);
  };
  start(timer, action, 10'000'000, 1);
  EXPECT_EQ(0, uv_timer_again(&timer));
  EXPECT_LE(uv_timer_get_due_in(&timer), 1u);
  run();
  EXPECT_EQ(2, fired) << "the repeat that was under way still came, then no other";
}

TEST_F(TimerTest, AgainWithoutRepeatLeavesTheTimerAsItIs) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  int fired = 0;
  Action action = [&] { ++fired; };
  start(timer, action, 1);
  EXPECT_EQ(0, uv_timer_again(&timer));
  EXPECT_EQ(1, uv_is_active(reinterpret_cast<uv_handle_t*>(&timer)));
  run();
  EXPECT_EQ(1, fired);
}

TEST_F(TimerTest, AgainLeavesAClosingTimerStopped) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  Action action = [] {};
  start(timer, action, 10'000'000, 10'000'000);
  uv_handle_t* handle = reinterpret_cast<uv_handle_t*>(&timer);
  uv_close(handle, nullptr);
  EXPECT_EQ(0, uv_timer_again(&timer));
  EXPECT_EQ(0, uv_is_active(handle));
  uv_timer_stop(&timer);  // One that did start would let the test wait for it.
}

TEST_F(TimerTest, RepeatSetInTheCallbackTakesEffectAfterTheNextExpiry) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  std::vector<std::uint64_t> due;
  Action action = [&] {
    uv_timer_set_repeat(&timer, 50);
    due.push_back(uv_timer_get_due_in(&timer));
    if (due.size() == 2) uv_timer_stop(&timer);
  };
  start(timer, action, 1, 2);
  run();
  ASSERT_EQ(2u, due.size());
  EXPECT_LE(due[0], 2u) << "this one was scheduled before the callback";
  EXPECT_GT(due[1], 2u);
}

TEST_F(TimerTest, ZeroTimeoutFiresInTheNextIterationNotInThisOne) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "older libraries went on in the same phase";
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  int fired = 0;
  Action action;
  action = [&] {
    if (++fired < 3) start(timer, action, 0);
  };
  start(timer, action, 0);
  for (int iteration = 1; iteration <= 3; ++iteration) {
    run(UV_RUN_NOWAIT);
    EXPECT_EQ(iteration, fired) << "a timer that restarts itself does not keep the phase going";
  }
}

TEST_F(TimerTest, HugeTimeoutsNeverFire) {
  uv_timer_t* timers = fresh_array<uv_timer_t>(3);
  int fired = 0;
  Action action = [&] { ++fired; };
  const std::uint64_t delays[] = {UINT64_MAX, UINT64_MAX / 2, UINT64_MAX / 1'000'000};
  for (int i = 0; i < 3; ++i) {
    init(timers[i]);
    start(timers[i], action, delays[i]);
  }
  uv_timer_t& soon = fresh<uv_timer_t>();
  init(soon);
  Action stop = [&] { uv_stop(&loop); };
  start(soon, stop, 1);
  run();
  EXPECT_EQ(0, fired);
  EXPECT_GT(uv_timer_get_due_in(&timers[2]), UINT64_MAX / 2'000'000);
}

TEST_F(TimerTest, DueInCountsDownAndStaysWhenStopped) {
  REQUIRE_FUNCTION(uv_timer_get_due_in);
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  EXPECT_EQ(0u, uv_timer_get_due_in(&timer));
  Action action = [] {};
  start(timer, action, 1000);
  EXPECT_LE(uv_timer_get_due_in(&timer), 1000u);
  EXPECT_GE(uv_timer_get_due_in(&timer), 999u);
  const std::uint64_t left = uv_timer_get_due_in(&timer);
  uv_timer_stop(&timer);
  EXPECT_EQ(left, uv_timer_get_due_in(&timer)) << "as libuv, for those who resume";
}

TEST_F(TimerTest, MayCloseItselfAndStopItsNeighbours) {
  uv_timer_t& first = fresh<uv_timer_t>();
  uv_timer_t& second = fresh<uv_timer_t>();
  init(first);
  init(second);
  Trace trace;
  Action close_first = [&] {
    trace.push_back("first");
    uv_timer_stop(&second);
    uv_close(reinterpret_cast<uv_handle_t*>(&first), [](uv_handle_t*) {});
  };
  Action never = [&] { trace.push_back("second"); };
  start(first, close_first, 1, 1);
  start(second, never, 1);
  run();
  EXPECT_EQ((Trace{"first"}), trace);
  EXPECT_EQ(1, uv_is_closing(reinterpret_cast<uv_handle_t*>(&first)));
}

TEST_F(TimerTest, RestartingReplacesTimeoutAndCallback) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  init(timer);
  Trace trace;
  Action slow = [&] { trace.push_back("slow"); };
  Action quick = [&] { trace.push_back("quick"); };
  start(timer, slow, 100'000'000);
  start(timer, quick, 1);
  run();
  EXPECT_EQ((Trace{"quick"}), trace);
}

TEST_F(TimerTest, RestartedTimerGoesBehindItsTies) {
  uv_timer_t* timers = fresh_array<uv_timer_t>(2);
  Trace trace;
  Action actions[2] = {[&] { trace.push_back("a"); }, [&] { trace.push_back("b"); }};
  for (int i = 0; i < 2; ++i) {
    init(timers[i]);
    start(timers[i], actions[i], 2);
  }
  start(timers[0], actions[0], 2);
  run();
  EXPECT_EQ((Trace{"b", "a"}), trace);
}

TEST_F(TimerTest, ManyTimersFireInOrderOfDueTime) {
  constexpr int kCount = 10'000;
  uv_timer_t* timers = fresh_array<uv_timer_t>(kCount);
  std::vector<std::uint64_t> delays(kCount);
  std::vector<std::uint64_t> fired;
  std::uint64_t seed = 12345;
  std::vector<Action> actions(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    delays[i] = (seed >> 40) % 20;
    init(timers[i]);
    actions[i] = [&, i] { fired.push_back(delays[i]); };
    start(timers[i], actions[i], delays[i]);
  }
  for (std::size_t i = 0; i < kCount; i += 3)
    uv_timer_stop(&timers[i]);
  run();
  EXPECT_EQ(static_cast<std::size_t>(kCount - (kCount + 2) / 3), fired.size());
  EXPECT_TRUE(std::is_sorted(fired.begin(), fired.end()));
}

}  // namespace
}  // namespace conformance
