// The door to the program: what its assertions refuse, and that they cost nothing where they are
// off.
#include "core/call.h"

#include <gtest/gtest.h>

#include <thread>
#include <type_traits>

#include "core/loop.h"

namespace violet {
namespace {

int calls = 0;

void count(uv_timer_t*) {
  ++calls;
}

[[maybe_unused]] void call(uv_timer_t* timer) {
  call_program(CallbackKind::kTimer, count, timer);
}

#ifdef NDEBUG

TEST(Door, CostsNothingWithoutAssertions) {
  struct Carrier {
    int word;
    [[no_unique_address]] CallState state;
  };
  static_assert(std::is_empty_v<CallState> && sizeof(Carrier) == sizeof(int));
  static_assert(std::is_empty_v<InsideScope> && std::is_trivially_destructible_v<InsideScope>);
  static_assert(std::is_empty_v<CallScope> && std::is_trivially_destructible_v<CallScope>);
  static_assert(std::is_empty_v<WorkScope> && std::is_trivially_destructible_v<WorkScope>);
}

TEST(DoorDeathTest, HasAssertions) {
  GTEST_SKIP() << "this build has no assertions (NDEBUG)";
}

#else

class DoorDeathTest : public testing::Test {
 protected:
  void SetUp() override {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    calls = 0;
    ASSERT_EQ(uv_loop_init(&public_loop_), 0);
    ASSERT_EQ(uv_timer_init(&public_loop_, &timer_), 0);
    timer_.data = this;
  }

  void TearDown() override {
    uv_handle_t* handle = reinterpret_cast<uv_handle_t*>(&timer_);
    if (uv_is_closing(handle) == 0) uv_close(handle, nullptr);
    uv_run(&public_loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(uv_loop_close(&public_loop_), 0);
  }

  Loop& loop() { return loop_of(&public_loop_); }

  // Runs a function in a callback.
  void in_callback(uv_timer_cb callback) {
    ASSERT_EQ(uv_timer_start(&timer_, callback, 0, 0), 0);
    uv_run(&public_loop_, UV_RUN_DEFAULT);
  }

  uv_loop_t public_loop_;
  uv_timer_t timer_;
};

TEST_F(DoorDeathTest, RefusesACallbackInsideOfACallback) {
  EXPECT_DEATH(in_callback(call), "a callback inside the call that started it");
}

TEST_F(DoorDeathTest, RefusesACallbackOutsideOfARun) {
  EXPECT_DEATH(call(&timer_), "a callback inside the call that started it");
}

TEST_F(DoorDeathTest, RefusesACallbackOfAnEngine) {
  EXPECT_DEATH(
      {
        InsideScope run(loop(), Inside::kDispatch);
        InsideScope wait(loop(), Inside::kEngine);
        call(&timer_);
      },
      "an engine runs no callback");
}

TEST_F(DoorDeathTest, RefusesACallbackWhileOutputIsOffered) {
  EXPECT_DEATH(
      {
        InsideScope run(loop(), Inside::kDispatch);
        InsideScope offer(loop(), Inside::kOutput);
        call(&timer_);
      },
      "offering output runs no callback");
}

TEST_F(DoorDeathTest, RefusesACallbackOnAnotherThread) {
  EXPECT_DEATH(
      {
        InsideScope run(loop(), Inside::kDispatch);
        std::thread([this] { call(&timer_); }).join();
      },
      "a callback on another thread than the loop's");
}

TEST_F(DoorDeathTest, RefusesACallbackOfAClosedHandle) {
  uv_close(reinterpret_cast<uv_handle_t*>(&timer_), nullptr);
  uv_run(&public_loop_, UV_RUN_DEFAULT);
  EXPECT_DEATH(
      {
        InsideScope run(loop(), Inside::kDispatch);
        call(&timer_);
      },
      "a callback of a closed handle");
}

TEST_F(DoorDeathTest, RefusesWorkInsideOfARun) {
  uv_work_t request = {};
  EXPECT_DEATH(
      {
        InsideScope run(loop(), Inside::kDispatch);
        call_program_on_pool([](uv_work_t*) {}, &request);
      },
      "work inside the call that queued it");
}

TEST_F(DoorDeathTest, RefusesAWalkInsideOfAnEngine) {
  EXPECT_DEATH(
      {
        InsideScope wait(loop(), Inside::kEngine);
        uv_walk(
            &public_loop_, [](uv_handle_t*, void*) {}, nullptr);
      },
      "an engine runs no callback");
}

TEST_F(DoorDeathTest, LetsWalksAndRunsIntoCallbacks) {
  in_callback([](uv_timer_t* timer) {
    uv_walk(
        timer->loop, [](uv_handle_t*, void*) { ++calls; }, nullptr);
    uv_timer_start(timer, count, 0, 0);
    uv_run(timer->loop, UV_RUN_DEFAULT);
    EXPECT_EQ(loop_of(timer->loop).calls.inside, Inside::kCallback);
  });
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(loop().calls.inside, Inside::kNothing);
  EXPECT_FALSE(thread_runs_a_loop());
}

#endif

}  // namespace
}  // namespace violet
