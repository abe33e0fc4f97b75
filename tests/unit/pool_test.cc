// The thread pool as the library's own requests use it.
#include "threadpool/pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "core/loop.h"
#include "os/thread.h"

namespace violet {
namespace {

// A request reduced to what the pool needs.
struct Job {
  WorkItem item;
  std::atomic<int> runs{0};
  int finishes = 0;
  std::atomic<bool>* gate = nullptr;
  std::atomic<int>* running = nullptr;
  std::atomic<int>* most_running = nullptr;
};

Job& job_of(WorkItem& item) {
  return reinterpret_cast<Job&>(item);
}

void work(WorkItem& item) {
  Job& job = job_of(item);
  ++job.runs;
  if (job.running != nullptr) {
    int now = ++*job.running;
    int most = job.most_running->load();
    while (now > most && !job.most_running->compare_exchange_weak(most, now)) {
    }
  }
  while (job.gate != nullptr && !job.gate->load())
    yield_thread();
  if (job.running != nullptr) --*job.running;
}

void finished(RemoteItem& item, Loop& loop) {
  ++reinterpret_cast<Job&>(item).finishes;
  --loop.public_loop->active_reqs.count;
}

class PoolTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(init_loop(&public_loop_, nullptr), 0); }
  void TearDown() override {
    EXPECT_EQ(close_loop(&public_loop_), 0);
    shut_down_pool();
  }

  Loop& loop() { return loop_of(&public_loop_); }
  void submit(Job& job, Lane lane) {
    ASSERT_EQ(submit_work(loop(), job.item, lane, work, finished), 0);
    ++public_loop_.active_reqs.count;
  }
  void run() { run_loop(loop(), UV_RUN_DEFAULT); }

  uv_loop_t public_loop_;
};

TEST_F(PoolTest, EveryItemRunsAndFinishesOnce) {
  std::vector<Job> jobs(2000);
  Lane lanes[] = {Lane::kCompute, Lane::kFile, Lane::kLookup};
  for (std::size_t i = 0; i < jobs.size(); ++i)
    submit(jobs[i], lanes[i % 3]);
  run();
  for (Job& job : jobs) {
    EXPECT_EQ(job.runs, 1);
    EXPECT_EQ(job.finishes, 1);
    EXPECT_EQ(job.item.status, 0);
  }
}

// Waking is passed on from thread to thread; nobody may be left asleep while an item waits.
TEST_F(PoolTest, SlowItemsOccupyEveryThread) {
  for (int round = 0; round < 200; ++round) {
    std::atomic<bool> gate{false};
    std::atomic<int> running{0};
    std::atomic<int> most_running{0};
    std::vector<Job> slow(4);
    std::vector<Job> quick(round % 7);
    for (Job& job : quick)
      submit(job, Lane::kCompute);
    for (Job& job : slow) {
      job.gate = &gate;
      job.running = &running;
      job.most_running = &most_running;
      submit(job, Lane::kFile);
    }
    while (running.load() < 4)
      yield_thread();
    gate = true;
    run();
  }
  EXPECT_EQ(pool_metrics().threads, 4u);
}

TEST_F(PoolTest, OneFreeThreadServesAllOthers) {
  std::atomic<bool> gate{false};
  std::vector<Job> slow(3);
  for (Job& job : slow) {
    job.gate = &gate;
    submit(job, Lane::kCompute);
  }
  std::vector<Job> quick(500);
  for (Job& job : quick)
    submit(job, Lane::kCompute);
  while (quick.back().finishes == 0)
    run_loop(loop(), UV_RUN_ONCE);
  for (Job& job : slow)
    EXPECT_EQ(job.finishes, 0);
  gate = true;
  run();
  for (Job& job : slow)
    EXPECT_EQ(job.finishes, 1);
  for (Job& job : quick)
    EXPECT_EQ(job.finishes, 1);
}

TEST_F(PoolTest, LookupsLeaveRoomForOthers) {
  std::atomic<bool> gate{false};
  std::atomic<int> running{0};
  std::atomic<int> most_running{0};
  std::vector<Job> lookups(20);
  for (Job& job : lookups) {
    job.gate = &gate;
    job.running = &running;
    job.most_running = &most_running;
    submit(job, Lane::kLookup);
  }
  Job other;
  submit(other, Lane::kCompute);
  while (other.finishes == 0)
    run_loop(loop(), UV_RUN_ONCE);
  gate = true;
  run();
  EXPECT_LE(most_running, 2);
  for (Job& job : lookups)
    EXPECT_EQ(job.finishes, 1);
}

TEST_F(PoolTest, CancelTakesWaitingItemsOnly) {
  std::atomic<bool> gate{false};
  std::vector<Job> jobs(20);
  for (Job& job : jobs) {
    job.gate = &gate;
    submit(job, Lane::kLookup);
  }
  while (jobs[0].runs == 0)
    yield_thread();
  EXPECT_EQ(cancel_work(jobs[0].item), UV_EBUSY);
  for (std::size_t i = 5; i < jobs.size(); ++i)
    EXPECT_EQ(cancel_work(jobs[i].item), 0);
  EXPECT_EQ(cancel_work(jobs[5].item), UV_EBUSY);
  gate = true;
  run();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    EXPECT_EQ(jobs[i].finishes, 1);
    EXPECT_EQ(jobs[i].runs, i < 5 ? 1 : 0);
    EXPECT_EQ(jobs[i].item.status, i < 5 ? 0 : UV_ECANCELED);
  }
}

TEST_F(PoolTest, OneAtATimeNeedsOneThread) {
  for (int i = 0; i < 50; ++i) {
    Job job;
    submit(job, Lane::kFile);
    run();
    // The thread that was handed the job may not have gone to sleep yet when the next one comes.
  }
  EXPECT_LE(pool_metrics().threads, 4u);
  EXPECT_GE(pool_metrics().threads, 1u);
}

TEST_F(PoolTest, WorksAgainAfterShutdown) {
  Job first;
  submit(first, Lane::kCompute);
  run();
  shut_down_pool();
  EXPECT_EQ(pool_metrics().threads, 0u);
  Job second;
  submit(second, Lane::kCompute);
  run();
  EXPECT_EQ(second.finishes, 1);
}

TEST_F(PoolTest, SaysWhatWaitsAndWhatWasTaken) {
  const std::uint32_t taken_before = pool_progress().taken;
  std::atomic<bool> gate{false};
  std::vector<Job> jobs(7);
  for (Job& job : jobs) {
    job.gate = &gate;
    submit(job, Lane::kCompute);
  }
  while (pool_progress().waiting != 3)
    yield_thread();
  EXPECT_EQ(pool_progress().taken - taken_before, 4u);
  EXPECT_TRUE(pool_progress().all_have_one);
  EXPECT_EQ(cancel_work(jobs[6].item), 0);
  EXPECT_EQ(pool_progress().waiting, 2u);
  gate = true;
  run();
  EXPECT_EQ(pool_progress().waiting, 0u);
  EXPECT_EQ(pool_progress().taken - taken_before, 6u);
  while (pool_progress().all_have_one)
    yield_thread();
}

TEST_F(PoolTest, CountsWhatItDoes) {
  PoolMetrics before = pool_metrics();
  std::vector<Job> jobs(100);
  for (Job& job : jobs)
    submit(job, Lane::kCompute);
  run();
  shut_down_pool();
  PoolMetrics after = pool_metrics();
  EXPECT_EQ(after.submitted - before.submitted, 100u);
  EXPECT_EQ(after.finished - before.finished, 100u);
  EXPECT_EQ(after.queued, 0u);
  EXPECT_GT(after.waited_ns, before.waited_ns);
}

}  // namespace
}  // namespace violet
