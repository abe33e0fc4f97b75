// The loop, its phases, timers and asyncs on every platform, Windows included.
#include <gtest/gtest.h>
#include <uv.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace violet {
namespace {

std::vector<std::string> trace;

class LoopPhaseTest : public testing::Test {
 protected:
  void SetUp() override {
    trace.clear();
    ASSERT_EQ(0, uv_loop_init(&loop));
  }
  void TearDown() override { EXPECT_EQ(0, uv_loop_close(&loop)); }

  template <typename Handle>
  static void close(Handle& handle) {
    uv_close(reinterpret_cast<uv_handle_t*>(&handle),
             [](uv_handle_t*) { trace.push_back("closed"); });
  }

  uv_loop_t loop;
};

TEST_F(LoopPhaseTest, PhasesFollowEachOther) {
  uv_idle_t idle;
  uv_prepare_t prepare;
  uv_check_t check;
  uv_timer_t timer;
  uv_async_t async;
  uv_idle_init(&loop, &idle);
  uv_prepare_init(&loop, &prepare);
  uv_check_init(&loop, &check);
  uv_timer_init(&loop, &timer);
  uv_async_init(&loop, &async, [](uv_async_t*) { trace.push_back("async"); });
  uv_idle_start(&idle, [](uv_idle_t*) { trace.push_back("idle"); });
  uv_prepare_start(&prepare, [](uv_prepare_t*) { trace.push_back("prepare"); });
  uv_check_start(&check, [](uv_check_t*) { trace.push_back("check"); });
  uv_timer_start(
      &timer, [](uv_timer_t*) { trace.push_back("timer"); }, 0, 0);
  uv_async_send(&async);
  uv_run(&loop, UV_RUN_NOWAIT);
  EXPECT_EQ((std::vector<std::string>{"idle", "prepare", "async", "check", "timer"}), trace);
  close(idle);
  close(prepare);
  close(check);
  close(timer);
  close(async);
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(10u, trace.size());
}

TEST_F(LoopPhaseTest, TimersAreNeverEarly) {
  uv_timer_t timer;
  uv_timer_init(&loop, &timer);
  for (std::uint64_t delay : {1, 5, 20}) {
    uv_update_time(&loop);
    const std::uint64_t started = uv_now(&loop);
    uv_timer_start(
        &timer, [](uv_timer_t*) { trace.push_back("timer"); }, delay, 0);
    EXPECT_EQ(0, uv_run(&loop, UV_RUN_ONCE)) << "one wait is enough";
    EXPECT_GE(uv_now(&loop), started + delay);
  }
  EXPECT_EQ(3u, trace.size());
  close(timer);
  uv_run(&loop, UV_RUN_DEFAULT);
}

TEST_F(LoopPhaseTest, AnotherThreadEndsTheWait) {
  uv_async_t async;
  uv_async_init(&loop, &async, [](uv_async_t* sent) { close(*sent); });
  std::thread sender([&] { uv_async_send(&async); });
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  sender.join();
  EXPECT_EQ(1u, trace.size());
}

TEST_F(LoopPhaseTest, ManySendersLoseNothing) {
  static std::atomic<int> written;
  written = 0;
  constexpr int kRounds = 2000;
  uv_async_t async;
  uv_async_init(&loop, &async, [](uv_async_t* sent) {
    if (written == 2 * kRounds) close(*sent);
  });
  auto send = [&] {
    for (int i = 0; i < kRounds; ++i) {
      ++written;
      uv_async_send(&async);
    }
  };
  std::thread first(send);
  std::thread second(send);
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  first.join();
  second.join();
}

TEST_F(LoopPhaseTest, WorkComesBack) {
  uv_work_t requests[30];
  for (uv_work_t& request : requests) {
    ASSERT_EQ(0, uv_queue_work(
                     &loop, &request, [](uv_work_t*) {},
                     [](uv_work_t*, int status) { trace.push_back(std::to_string(status)); }));
  }
  EXPECT_EQ(0, uv_run(&loop, UV_RUN_DEFAULT));
  EXPECT_EQ(std::vector<std::string>(30, "0"), trace);
}

}  // namespace
}  // namespace violet
