// The loop itself: its life, its modes, and what keeps it alive.
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

template <typename Typed>
uv_handle_t* base(Typed& handle) {
  return reinterpret_cast<uv_handle_t*>(&handle);
}

class RunTest : public LoopTest {
 protected:
  uv_timer_t& start_timer(Action& action, std::uint64_t timeout, std::uint64_t repeat = 0) {
    uv_timer_t& timer = fresh<uv_timer_t>();
    uv_timer_init(&loop, &timer);
    timer.data = &action;
    uv_timer_start(&timer, run_action<uv_timer_t>, timeout, repeat);
    return timer;
  }
  uv_idle_t& start_idle(Action& action) {
    uv_idle_t& idle = fresh<uv_idle_t>();
    uv_idle_init(&loop, &idle);
    idle.data = &action;
    uv_idle_start(&idle, run_action<uv_idle_t>);
    return idle;
  }
};

TEST_F(RunTest, AnEmptyLoopEndsAtOnce) {
  EXPECT_EQ(0, uv_loop_alive(&loop));
  for (uv_run_mode mode : {UV_RUN_DEFAULT, UV_RUN_ONCE, UV_RUN_NOWAIT})
    EXPECT_EQ(0, run(mode));
}

TEST_F(RunTest, OnceWaitsForProgress) {
  int fired = 0;
  Action action = [&] { ++fired; };
  start_timer(action, 2);
  EXPECT_EQ(0, run(UV_RUN_ONCE));
  EXPECT_EQ(1, fired) << "the wait ended because the timer was due";
}

TEST_F(RunTest, NowaitDoesNotWait) {
  int fired = 0;
  Action action = [&] { ++fired; };
  start_timer(action, 10'000'000);
  EXPECT_NE(0, run(UV_RUN_NOWAIT));
  EXPECT_EQ(0, fired);
}

TEST_F(RunTest, StopEndsTheRunAfterThisIteration) {
  Trace trace;
  uv_check_t& check = fresh<uv_check_t>();
  uv_check_init(&loop, &check);
  Action on_check = [&] { trace.push_back("check"); };
  check.data = &on_check;
  uv_check_start(&check, run_action<uv_check_t>);
  Action on_idle = [&] {
    trace.push_back("idle");
    uv_stop(&loop);
  };
  start_idle(on_idle);
  EXPECT_NE(0, run());
  EXPECT_EQ((Trace{"idle", "check"}), trace);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(4u, trace.size()) << "a stop counts once";
}

TEST_F(RunTest, StopBeforeTheRunLetsNothingHappen) {
  int runs = 0;
  Action action = [&] { ++runs; };
  start_idle(action);
  uv_stop(&loop);
  EXPECT_NE(0, run());
  EXPECT_EQ(0, runs);
  EXPECT_NE(0, run(UV_RUN_NOWAIT));
  EXPECT_EQ(1, runs);
}

TEST_F(RunTest, UnreferencedHandlesDoNotKeepTheLoopAlive) {
  Action action = [] {};
  uv_timer_t& timer = start_timer(action, 10'000'000);
  EXPECT_EQ(1, uv_has_ref(base(timer)));
  uv_unref(base(timer));
  uv_unref(base(timer));
  EXPECT_EQ(0, uv_has_ref(base(timer)));
  EXPECT_EQ(0, uv_loop_alive(&loop));
  EXPECT_EQ(0, run());
  uv_ref(base(timer));
  EXPECT_NE(0, uv_loop_alive(&loop));
}

TEST_F(RunTest, AnUnreferencedHandleStillRuns) {
  int runs = 0;
  Action idle_action = [&] {
    ++runs;
    uv_stop(&loop);
  };
  uv_idle_t& idle = start_idle(idle_action);
  uv_unref(base(idle));
  Action give_up = [&] { uv_stop(&loop); };
  start_timer(give_up, 10'000);
  run();
  EXPECT_EQ(1, runs);
}

TEST_F(RunTest, AClosingHandleKeepsTheLoopAliveEvenUnreferenced) {
  static int closed;
  closed = 0;
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_timer_init(&loop, &timer);
  uv_unref(base(timer));
  uv_close(base(timer), [](uv_handle_t*) { ++closed; });
  EXPECT_NE(0, uv_loop_alive(&loop));
  EXPECT_EQ(0, closed) << "never inside the call";
  EXPECT_EQ(0, run());
  EXPECT_EQ(1, closed);
}

TEST_F(RunTest, AHandleIsReferencedUntilItsCloseCallback) {
  uv_idle_t& idle = fresh<uv_idle_t>();
  ASSERT_EQ(0, uv_idle_init(&loop, &idle));
  int referenced = -1;
  idle.data = &referenced;
  uv_close(base(idle),
           [](uv_handle_t* handle) { *static_cast<int*>(handle->data) = uv_has_ref(handle); });
  EXPECT_EQ(1, uv_has_ref(base(idle)));
  run();
  EXPECT_EQ(0, referenced);
}

TEST_F(RunTest, CloseCallbacksRunInReverseOrder) {
  static Trace trace;
  trace.clear();
  static const char* const kNames[] = {"a", "b", "c"};
  for (const char* name : kNames) {
    uv_timer_t& timer = fresh<uv_timer_t>();
    uv_timer_init(&loop, &timer);
    timer.data = const_cast<char*>(name);
    uv_close(base(timer),
             [](uv_handle_t* handle) { trace.push_back(static_cast<const char*>(handle->data)); });
  }
  run();
  EXPECT_EQ((Trace{"c", "b", "a"}), trace);
}

TEST_F(RunTest, AHandleClosedByACloseCallbackIsClosedInTheNextIteration) {
  static int closed;
  closed = 0;
  uv_timer_t* timers = fresh_array<uv_timer_t>(2);
  uv_timer_init(&loop, &timers[0]);
  uv_timer_init(&loop, &timers[1]);
  timers[0].data = &timers[1];
  uv_close(base(timers[0]), [](uv_handle_t* handle) {
    ++closed;
    uv_close(static_cast<uv_handle_t*>(handle->data), [](uv_handle_t*) { ++closed; });
  });
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(1, closed);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(2, closed);
}

TEST_F(RunTest, ACloseCallbackMayInitialiseTheHandleAnew) {
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_timer_init(&loop, &timer);
  uv_close(base(timer), [](uv_handle_t* handle) {
    uv_timer_init(handle->loop, reinterpret_cast<uv_timer_t*>(handle));
  });
  run();
  EXPECT_EQ(0, uv_is_closing(base(timer)));
}

TEST_F(RunTest, WalkSeesEachHandleOnceAndMayCloseThem) {
  constexpr std::size_t kCount = 10;
  uv_timer_t* timers = fresh_array<uv_timer_t>(kCount);
  for (std::size_t i = 0; i < kCount; ++i)
    uv_timer_init(&loop, &timers[i]);
  std::vector<uv_handle_t*> seen;
  uv_walk(
      &loop,
      [](uv_handle_t* handle, void* argument) {
        static_cast<std::vector<uv_handle_t*>*>(argument)->push_back(handle);
        uv_close(handle, nullptr);
      },
      &seen);
  ASSERT_EQ(kCount, seen.size());
  for (std::size_t i = 0; i < kCount; ++i)
    EXPECT_EQ(base(timers[i]), seen[i]) << "in the order of initialisation";
  seen.clear();
  run();
  int left = 0;
  uv_walk(
      &loop, [](uv_handle_t*, void* argument) { ++*static_cast<int*>(argument); }, &left);
  EXPECT_EQ(0, left);
}

TEST_F(RunTest, AWalkInsideAWalkSeesAllHandles) {
  // 1.44.2 shows the inner walk only what the outer one has seen.
  REQUIRE_FUNCTION(violet_loop_init);
  uv_timer_t* timers = fresh_array<uv_timer_t>(3);
  for (int i = 0; i < 3; ++i)
    uv_timer_init(&loop, &timers[i]);
  int visits = 0;
  uv_walk(
      &loop,
      [](uv_handle_t* handle, void* argument) {
        uv_walk(
            handle->loop, [](uv_handle_t*, void* inner) { ++*static_cast<int*>(inner); }, argument);
      },
      &visits);
  EXPECT_EQ(9, visits);
}

TEST_F(RunTest, AWalkGoesOnWhenTheLoopRunsInside) {
  uv_timer_t* timers = fresh_array<uv_timer_t>(5);
  for (int i = 0; i < 5; ++i)
    uv_timer_init(&loop, &timers[i]);
  std::vector<uv_handle_t*> seen;
  Action visit = [&] {
    ASSERT_GE(3u, seen.size());
    uv_close(seen.back(), nullptr);
    if (seen.size() == 2) {
      uv_close(base(timers[2]), nullptr);
      uv_close(base(timers[4]), nullptr);
    }
    run(UV_RUN_NOWAIT);
  };
  loop.data = &seen;
  uv_walk(
      &loop,
      [](uv_handle_t* handle, void* argument) {
        static_cast<std::vector<uv_handle_t*>*>(handle->loop->data)->push_back(handle);
        (*static_cast<Action*>(argument))();
      },
      &visit);
  EXPECT_EQ((std::vector<uv_handle_t*>{base(timers[0]), base(timers[1]), base(timers[3])}), seen);
}

TEST_F(RunTest, BackendTimeoutTellsHowLongTheLoopWouldWait) {
  EXPECT_EQ(0, uv_backend_timeout(&loop)) << "nothing to wait for";
  uv_async_t& async = fresh<uv_async_t>();
  uv_async_init(&loop, &async, nullptr);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ(-1, uv_backend_timeout(&loop)) << "for ever";
  Action action = [] {};
  uv_timer_t& timer = start_timer(action, 1000);
  EXPECT_EQ(1000, uv_backend_timeout(&loop)) << "from the loop's time, not the clock's";
  uv_timer_start(&timer, run_action<uv_timer_t>, static_cast<std::uint64_t>(INT_MAX) * 4, 0);
  EXPECT_EQ(INT_MAX, uv_backend_timeout(&loop));
  uv_timer_start(&timer, run_action<uv_timer_t>, 0, 0);
  EXPECT_EQ(0, uv_backend_timeout(&loop));
  uv_timer_start(&timer, run_action<uv_timer_t>, 1000, 0);
  uv_idle_t& idle = start_idle(action);
  EXPECT_EQ(0, uv_backend_timeout(&loop));
  uv_idle_stop(&idle);
  uv_stop(&loop);
  EXPECT_EQ(0, uv_backend_timeout(&loop));
  run(UV_RUN_NOWAIT);
  uv_close(base(async), nullptr);
  EXPECT_EQ(0, uv_backend_timeout(&loop));
}

TEST_F(RunTest, TimeStandsStillBetweenUpdates) {
  uv_update_time(&loop);
  const std::uint64_t before = uv_now(&loop);
  const std::uint64_t wall = uv_hrtime();
  while (uv_hrtime() - wall < 3'000'000) {
  }
  EXPECT_EQ(before, uv_now(&loop));
  uv_update_time(&loop);
  EXPECT_GE(uv_now(&loop), before + 3);
}

TEST_F(RunTest, ConfigureRefusesWhatItDoesNotKnow) {
  EXPECT_EQ(UV_ENOSYS, uv_loop_configure(&loop, static_cast<uv_loop_option>(999)));
}

TEST_F(RunTest, CountsIterationsAndEvents) {
  REQUIRE_FUNCTION(uv_metrics_info);
  uv_metrics_t metrics;
  ASSERT_EQ(0, uv_metrics_info(&loop, &metrics));
  EXPECT_EQ(0u, metrics.loop_count);
  uv_async_t& async = fresh<uv_async_t>();
  uv_async_init(&loop, &async, nullptr);
  for (int i = 0; i < 5; ++i)
    run(UV_RUN_NOWAIT);
  ASSERT_EQ(0, uv_metrics_info(&loop, &metrics));
  EXPECT_EQ(5u, metrics.loop_count);
  const std::uint64_t events_before = metrics.events;
  uv_async_send(&async);
  run(UV_RUN_NOWAIT);
  ASSERT_EQ(0, uv_metrics_info(&loop, &metrics));
  EXPECT_GT(metrics.events, events_before);
}

TEST_F(RunTest, IdleTimeIsMeasuredOnRequest) {
  Action action = [] {};
  start_timer(action, 5);
  run();
  EXPECT_EQ(0u, uv_metrics_idle_time(&loop));
  ASSERT_EQ(0, uv_loop_configure(&loop, UV_METRICS_IDLE_TIME));
  const std::uint64_t before = uv_hrtime();
  // A slow machine may find a timer due before it could wait for it.
  for (int tries = 0; tries < 20 && uv_metrics_idle_time(&loop) == 0; ++tries) {
    start_timer(action, 5);
    run();
  }
  EXPECT_GT(uv_metrics_idle_time(&loop), 0u);
  EXPECT_LE(uv_metrics_idle_time(&loop), uv_hrtime() - before);
}

TEST(LoopLife, CloseIsBusyWhileThereAreHandles) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  uv_timer_t timer;
  uv_timer_init(&loop, &timer);
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop));
  uv_close(base(timer), nullptr);
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop)) << "not closed before the loop ran";
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(0, uv_loop_close(&loop));
}

// As netdata does when it ends.
TEST(LoopLife, ClosingAClosedLoopIsBusy) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  ASSERT_EQ(0, uv_loop_close(&loop));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop));
  EXPECT_EQ(UV_EBUSY, uv_loop_close(&loop));
  ASSERT_EQ(0, uv_loop_init(&loop));
  EXPECT_EQ(0, uv_loop_close(&loop));
}

TEST(LoopLife, InitAndCloseKeepTheUsersData) {
  uv_loop_t loop;
  int mine;
  loop.data = &mine;
  ASSERT_EQ(0, uv_loop_init(&loop));
  EXPECT_EQ(&mine, uv_loop_get_data(&loop));
  uv_loop_set_data(&loop, nullptr);
  EXPECT_EQ(nullptr, loop.data);
  EXPECT_EQ(0, uv_loop_close(&loop));
}

TEST(LoopLife, DefaultLoopIsOneUntilClosed) {
  uv_loop_t* first = uv_default_loop();
  ASSERT_NE(nullptr, first);
  EXPECT_EQ(first, uv_default_loop());
  EXPECT_EQ(0, uv_loop_close(first));
  EXPECT_NE(nullptr, uv_default_loop());
  EXPECT_EQ(0, uv_loop_close(uv_default_loop()));
}

TEST(LoopLife, NewAndDeleteOwnTheirMemory) {
  uv_loop_t* loop = uv_loop_new();
  ASSERT_NE(nullptr, loop);
  EXPECT_EQ(0, uv_run(loop, UV_RUN_DEFAULT));
  uv_loop_delete(loop);
  EXPECT_EQ(sizeof(uv_loop_t), uv_loop_size());
}

TEST(LoopLife, ManyLoopsLiveSideBySide) {
  uv_loop_t loops[20];
  for (uv_loop_t& loop : loops)
    ASSERT_EQ(0, uv_loop_init(&loop));
  std::vector<std::thread> threads;
  for (uv_loop_t& loop : loops) {
    threads.emplace_back([&loop] {
      uv_timer_t timer;
      uv_timer_init(&loop, &timer);
      uv_timer_start(
          &timer, [](uv_timer_t* fired) { uv_close(base(*fired), nullptr); }, 1, 0);
      EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  for (uv_loop_t& loop : loops)
    EXPECT_EQ(0, uv_loop_close(&loop));
}

}  // namespace
}  // namespace conformance
