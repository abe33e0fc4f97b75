// The loop's idle time, as other threads see it.
#include <sys/socket.h>
#include <unistd.h>

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

uv_metrics_t metrics_of(uv_loop_t& loop) {
  uv_metrics_t metrics = {};
  EXPECT_EQ(0, uv_metrics_info(&loop, &metrics));
  return metrics;
}

TEST_F(MetricsTest, AnIterationCountsWhenItIsOver) {
  REQUIRE_FUNCTION(uv_metrics_info);
  std::vector<std::uint64_t> counts;
  Action count = [&] { counts.push_back(metrics_of(loop).loop_count); };
  uv_prepare_t& prepare = fresh<uv_prepare_t>();
  uv_prepare_init(&loop, &prepare);
  prepare.data = &count;
  uv_prepare_start(&prepare, run_action<uv_prepare_t>);
  for (int i = 0; i < 3; ++i)
    run(UV_RUN_NOWAIT);
  EXPECT_EQ(std::vector<std::uint64_t>({0, 1, 2}), counts);
  EXPECT_EQ(3u, metrics_of(loop).loop_count);
}

// As the tests of luv, which hold on libuv since 1.45, ask for it.
TEST_F(MetricsTest, AnIterationCountsBeforeItsTimers) {
  REQUIRE_FUNCTION(uv_metrics_info);
  std::uint64_t in_callback = 0;
  Action count = [&] { in_callback = metrics_of(loop).loop_count; };
  uv_timer_t& timer = fresh<uv_timer_t>();
  uv_timer_init(&loop, &timer);
  timer.data = &count;
  // Within the run: on a busy machine a timer from before may be due when the run begins, and is
  // then called before there is an iteration.
  uv_prepare_t& prepare = fresh<uv_prepare_t>();
  uv_prepare_init(&loop, &prepare);
  Action start = [&] {
    uv_timer_start(&timer, run_action<uv_timer_t>, 5, 0);
    uv_prepare_stop(&prepare);
  };
  prepare.data = &start;
  uv_prepare_start(&prepare, run_action<uv_prepare_t>);
  run();
  EXPECT_GE(in_callback, 1u);
  EXPECT_EQ(metrics_of(loop).loop_count, in_callback);
}

TEST_F(MetricsTest, WhatThreadsLeftBeforeTheRunWasWaiting) {
  REQUIRE_FUNCTION(uv_metrics_info);
  constexpr int kRequests = 5;
  uv_work_t* requests = fresh_array<uv_work_t>(kRequests);
  static std::atomic<int> worked;
  worked = 0;
  int over = 0;
  for (int i = 0; i < kRequests; ++i) {
    requests[i].data = &over;
    ASSERT_EQ(0, uv_queue_work(
                     &loop, &requests[i], [](uv_work_t*) { ++worked; },
                     [](uv_work_t* work, int) { ++*static_cast<int*>(work->data); }));
  }
  uv_async_t& async = fresh<uv_async_t>();
  uv_async_init(&loop, &async, nullptr);
  uv_async_send(&async);
  while (worked < kRequests)
    std::this_thread::yield();
  // The last of each thread may be on its way; those before it have come.
  while (over < kRequests)
    run(UV_RUN_ONCE);
  const uv_metrics_t metrics = metrics_of(loop);
  EXPECT_GE(metrics.events, kRequests + 2u) << "that something came is an event too";
  EXPECT_GE(metrics.events_waiting, 1u) << "the async was surely there";
  EXPECT_LE(metrics.events_waiting, metrics.events);
}

TEST_F(MetricsTest, WhatFinishedWhileTheThreadWasElsewhereWasWaiting) {
  REQUIRE_FUNCTION(uv_metrics_info);
  uv_sem_t told;
  ASSERT_EQ(0, uv_sem_init(&told, 0));
  constexpr int kCount = 4;
  uv_async_t* asyncs = fresh_array<uv_async_t>(kCount);
  for (int i = 0; i < kCount; ++i)
    uv_async_init(&loop, &asyncs[i], nullptr);
  std::thread sender([&] {
    for (int i = 0; i < kCount; ++i)
      uv_async_send(&asyncs[i]);
    uv_sem_post(&told);
  });
  uv_sem_wait(&told);
  const uv_metrics_t before = metrics_of(loop);
  run(UV_RUN_ONCE);
  const uv_metrics_t after = metrics_of(loop);
  EXPECT_GE(after.events - before.events, 4u);
  EXPECT_GE(after.events_waiting - before.events_waiting, 4u);
  sender.join();
  uv_sem_destroy(&told);
}

TEST_F(MetricsTest, WhatADescriptorHadIsWaitingWhereIdleTimeIsMeasured) {
  REQUIRE_FUNCTION(uv_metrics_info);
  ASSERT_EQ(0, uv_loop_configure(&loop, UV_METRICS_IDLE_TIME));
  int ends[2];
  ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
  uv_poll_t& poll = fresh<uv_poll_t>();
  ASSERT_EQ(0, uv_poll_init(&loop, &poll, ends[0]));
  int calls = 0;
  poll.data = &calls;
  uv_poll_start(&poll, UV_READABLE, [](uv_poll_t* handle, int, int) {
    ++*static_cast<int*>(handle->data);
    uv_poll_stop(handle);
  });
  ASSERT_EQ(1, write(ends[1], "x", 1));
  run(UV_RUN_ONCE);
  EXPECT_EQ(1, calls);
  EXPECT_GE(metrics_of(loop).events_waiting, 1u);
  EXPECT_EQ(0u, uv_metrics_idle_time(&loop)) << "it has not been idle";
  uv_close(reinterpret_cast<uv_handle_t*>(&poll), nullptr);
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace conformance
