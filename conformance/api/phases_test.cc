// Idle, prepare and check handles, and how the phases follow each other.
#include "loop_fixture.h"
#include "support.h"

namespace conformance {
namespace {

// The three kinds behave alike, each in its phase.
struct IdleKind {
  using Handle = uv_idle_t;
  static constexpr uv_handle_type kType = UV_IDLE;
  static constexpr auto init = uv_idle_init;
  static constexpr auto start = uv_idle_start;
  static constexpr auto stop = uv_idle_stop;
};
struct PrepareKind {
  using Handle = uv_prepare_t;
  static constexpr uv_handle_type kType = UV_PREPARE;
  static constexpr auto init = uv_prepare_init;
  static constexpr auto start = uv_prepare_start;
  static constexpr auto stop = uv_prepare_stop;
};
struct CheckKind {
  using Handle = uv_check_t;
  static constexpr uv_handle_type kType = UV_CHECK;
  static constexpr auto init = uv_check_init;
  static constexpr auto start = uv_check_start;
  static constexpr auto stop = uv_check_stop;
};

template <typename Kind>
class PhaseTest : public LoopTest {
 protected:
  using Handle = typename Kind::Handle;

  void start(Handle& handle, Action& action) {
    ASSERT_EQ(0, Kind::init(&loop, &handle));
    handle.data = &action;
    ASSERT_EQ(0, Kind::start(&handle, run_action<Handle>));
  }
  static bool is_active(Handle& handle) {
    return uv_is_active(reinterpret_cast<uv_handle_t*>(&handle)) != 0;
  }
};

using Kinds = testing::Types<IdleKind, PrepareKind, CheckKind>;
TYPED_TEST_SUITE(PhaseTest, Kinds);

TYPED_TEST(PhaseTest, RunsOncePerIterationUntilStopped) {
  auto& handle = this->template fresh<typename TypeParam::Handle>();
  int runs = 0;
  Action action = [&] { ++runs; };
  this->start(handle, action);
  EXPECT_EQ(TypeParam::kType, handle.type);
  for (int i = 1; i <= 3; ++i) {
    EXPECT_NE(0, this->run(UV_RUN_NOWAIT));
    EXPECT_EQ(i, runs);
  }
  EXPECT_EQ(0, TypeParam::stop(&handle));
  EXPECT_FALSE(this->is_active(handle));
  EXPECT_EQ(0, this->run(UV_RUN_NOWAIT));
  EXPECT_EQ(3, runs);
  EXPECT_EQ(0, TypeParam::stop(&handle)) << "stopping twice is harmless";
}

TYPED_TEST(PhaseTest, NeedsACallback) {
  auto& handle = this->template fresh<typename TypeParam::Handle>();
  ASSERT_EQ(0, TypeParam::init(&this->loop, &handle));
  EXPECT_EQ(UV_EINVAL, TypeParam::start(&handle, nullptr));
  EXPECT_FALSE(this->is_active(handle));
}

TYPED_TEST(PhaseTest, StartingAnActiveHandleKeepsTheFirstCallback) {
  auto& handle = this->template fresh<typename TypeParam::Handle>();
  int runs = 0;
  Action action = [&] { ++runs; };
  this->start(handle, action);
  EXPECT_EQ(0, TypeParam::start(&handle, [](typename TypeParam::Handle*) { FAIL(); }));
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ(1, runs);
}

TYPED_TEST(PhaseTest, TheLastStartedRunsFirst) {
  auto* handles = this->template fresh_array<typename TypeParam::Handle>(3);
  Trace trace;
  Action actions[3] = {[&] { trace.push_back("a"); }, [&] { trace.push_back("b"); },
                       [&] { trace.push_back("c"); }};
  for (int i = 0; i < 3; ++i)
    this->start(handles[i], actions[i]);
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"c", "b", "a"}), trace);
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"c", "b", "a", "c", "b", "a"}), trace) << "the order does not turn";
}

TYPED_TEST(PhaseTest, ACallbackMayStopItsNeighbour) {
  auto* handles = this->template fresh_array<typename TypeParam::Handle>(2);
  Trace trace;
  Action first = [&] { trace.push_back("stopped"); };
  Action second = [&] {
    trace.push_back("stopper");
    TypeParam::stop(&handles[0]);
  };
  this->start(handles[0], first);
  this->start(handles[1], second);
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"stopper"}), trace);
}

TYPED_TEST(PhaseTest, WhatACallbackStartsRunsInTheNextIteration) {
  auto* handles = this->template fresh_array<typename TypeParam::Handle>(2);
  Trace trace;
  Action second = [&] { trace.push_back("new"); };
  Action first = [&] {
    trace.push_back("old");
    if (trace.size() == 1) this->start(handles[1], second);
  };
  this->start(handles[0], first);
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"old"}), trace);
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"old", "new", "old"}), trace);
}

TYPED_TEST(PhaseTest, ACallbackMayRestartItselfWithoutRunningTwice) {
  auto& handle = this->template fresh<typename TypeParam::Handle>();
  int runs = 0;
  Action action = [&] {
    ++runs;
    TypeParam::stop(&handle);
    TypeParam::start(&handle, run_action<typename TypeParam::Handle>);
  };
  this->start(handle, action);
  this->run(UV_RUN_NOWAIT);
  EXPECT_EQ(1, runs);
}

TYPED_TEST(PhaseTest, MayCloseItself) {
  auto& handle = this->template fresh<typename TypeParam::Handle>();
  int runs = 0;
  Action action = [&] {
    ++runs;
    uv_close(reinterpret_cast<uv_handle_t*>(&handle),
             [](uv_handle_t* closed) { EXPECT_EQ(0, uv_is_active(closed)); });
  };
  this->start(handle, action);
  EXPECT_EQ(0, this->run(UV_RUN_NOWAIT));
  EXPECT_EQ(1, runs);
}

class PhaseOrderTest : public LoopTest {};

TEST_F(PhaseOrderTest, IdleThenPrepareThenCheckThenClosing) {
  Trace trace;
  uv_idle_t& idle = fresh<uv_idle_t>();
  uv_prepare_t& prepare = fresh<uv_prepare_t>();
  uv_check_t& check = fresh<uv_check_t>();
  ASSERT_EQ(0, uv_check_init(&loop, &check));
  ASSERT_EQ(0, uv_prepare_init(&loop, &prepare));
  ASSERT_EQ(0, uv_idle_init(&loop, &idle));
  Action on_idle = [&] { trace.push_back("idle"); };
  Action on_prepare = [&] { trace.push_back("prepare"); };
  Action on_check = [&] {
    trace.push_back("check");
    uv_close(reinterpret_cast<uv_handle_t*>(&idle),
             [](uv_handle_t* handle) { static_cast<Trace*>(handle->data)->push_back("closed"); });
    idle.data = &trace;
  };
  idle.data = &on_idle;
  prepare.data = &on_prepare;
  check.data = &on_check;
  uv_check_start(&check, run_action<uv_check_t>);
  uv_prepare_start(&prepare, run_action<uv_prepare_t>);
  uv_idle_start(&idle, run_action<uv_idle_t>);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"idle", "prepare", "check", "closed"}), trace);
}

TEST_F(PhaseOrderTest, TimersComeLastInAnIteration) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "timers came first up to 1.44";
  Trace trace;
  uv_prepare_t& prepare = fresh<uv_prepare_t>();
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_prepare_init(&loop, &prepare);
  uv_timer_init(&loop, &timer);
  Action on_prepare = [&] { trace.push_back("prepare"); };
  Action on_timer = [&] { trace.push_back("timer"); };
  prepare.data = &on_prepare;
  timer.data = &on_timer;
  uv_prepare_start(&prepare, run_action<uv_prepare_t>);
  uv_timer_start(&timer, run_action<uv_timer_t>, 0, 0);
  run(UV_RUN_NOWAIT);
  EXPECT_EQ((Trace{"prepare", "timer"}), trace);
}

TEST_F(PhaseOrderTest, DefaultModeRunsDueTimersBeforeTheFirstIteration) {
  Trace trace;
  uv_prepare_t& prepare = fresh<uv_prepare_t>();
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_prepare_init(&loop, &prepare);
  uv_timer_init(&loop, &timer);
  Action on_prepare = [&] {
    trace.push_back("prepare");
    uv_stop(&loop);
  };
  Action on_timer = [&] { trace.push_back("timer"); };
  prepare.data = &on_prepare;
  timer.data = &on_timer;
  uv_prepare_start(&prepare, run_action<uv_prepare_t>);
  uv_timer_start(&timer, run_action<uv_timer_t>, 0, 0);
  run(UV_RUN_DEFAULT);
  EXPECT_EQ((Trace{"timer", "prepare"}), trace);
}

}  // namespace
}  // namespace conformance
