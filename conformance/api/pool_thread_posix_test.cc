// What a program can see of the pool's threads from inside of them on POSIX systems: signals, and
// the limits of stacks.
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

#include "pool_thread_support.h"
#include "system.h"

namespace conformance {
namespace {

// In a process of its own, whose pool has not begun. Programs keep signals away from the pool by
// blocking them around their first request.
class PoolSignals : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

struct Meeting {
  uv_barrier_t barrier;
  std::atomic<int> blocked{0};
  std::atomic<int> open{0};
};

void note_mask_and_meet(uv_work_t* request) {
  Meeting& meeting = *static_cast<Meeting*>(request->data);
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  if (sigismember(&mask, SIGUSR1) == 1) ++meeting.blocked;
  if (sigismember(&mask, SIGUSR2) == 0) ++meeting.open;
  uv_barrier_wait(&meeting.barrier);
}

int masks_of_the_pool() {
  sigset_t mask, before;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  pthread_sigmask(SIG_SETMASK, &mask, &before);
  on_the_pool([] {});
  sigaddset(&before, SIGUSR2);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  Meeting meeting;
  uv_loop_t loop;
  uv_work_t work[4];
  if (uv_loop_init(&loop) != 0 || uv_barrier_init(&meeting.barrier, 4) != 0) return 1;
  for (uv_work_t& request : work) {
    request.data = &meeting;
    if (uv_queue_work(&loop, &request, note_mask_and_meet, nullptr) != 0) return 2;
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  if (meeting.blocked != 4) return 3;
  return meeting.open == 4 ? 0 : 4;
}

TEST_F(PoolSignals, AreThoseOfTheFirstRequestOnEveryThread) {
  EXPECT_EXIT(_exit(masks_of_the_pool()), testing::ExitedWithCode(0), "");
}

struct StackCase {
  const char* name;
  rlim_t limit;
};

class PoolStack : public testing::TestWithParam<StackCase> {
 protected:
  // The pool's threads start once in a process, so each limit has a process of its own.
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

// Uses most of a stack. The writes may not be left out.
void use_stack() {
  volatile char used[7 * 1024 * 1024];
  for (std::size_t i = 0; i < sizeof(used); i += 4096)
    used[i] = 1;
}

constexpr int kUsed = 0, kSmall = 3, kNotPermitted = 4;

int use_pool_under(rlim_t limit) {
  rlimit stack;
  getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = limit;
  if (setrlimit(RLIMIT_STACK, &stack) != 0) return kNotPermitted;
  std::size_t size = 0;
  on_the_pool([&size] {
    size = test_support::current_stack_size();
    if (size >= 8u << 20) use_stack();
  });
  return size == 8u << 20 ? kUsed : kSmall;
}

TEST_P(PoolStack, IsOfEightMebibytesWhateverTheLimit) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "follows the limit before libuv 1.45";
  const rlim_t limit = GetParam().limit;
  rlimit now;
  getrlimit(RLIMIT_STACK, &now);
  if (now.rlim_max < limit) GTEST_SKIP() << "the hard limit is lower";
  constexpr rlim_t kSafe = rlim_t{16} << 20;
  if (limit < kSafe && test_support::kNoLowStackLimit != nullptr) {
    GTEST_SKIP() << test_support::kNoLowStackLimit;
  }
  auto body = [limit] {
    int result = -1;
    // Away from the first thread, whose stack grows within the limit.
    std::thread([&result, limit] { result = use_pool_under(limit); }).join();
    return result;
  };
  EXPECT_EXIT(_exit(body()), testing::ExitedWithCode(kUsed), "");
}

INSTANTIATE_TEST_SUITE_P(Limits, PoolStack,
                         testing::Values(StackCase{"Tiny", 16u << 10},
                                         StackCase{"Small", 64u << 10},
                                         StackCase{"Large", 64u << 20},
                                         StackCase{"None", RLIM_INFINITY}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace conformance
