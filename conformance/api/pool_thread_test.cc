// What a program can see of the pool's threads from inside of them: name, stack, signals.
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstring>
#include <string>
#include <thread>

#include "support.h"

namespace conformance {
namespace {

// Runs `work` on a thread of the pool.
template <typename Work>
void on_the_pool(Work work) {
  uv_loop_t loop;
  ASSERT_EQ(0, uv_loop_init(&loop));
  uv_work_t request;
  request.data = &work;
  ASSERT_EQ(0, uv_queue_work(
                   &loop, &request, [](uv_work_t* given) { (*static_cast<Work*>(given->data))(); },
                   nullptr));
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(0, uv_loop_close(&loop));
}

TEST(PoolThread, HasTheDocumentedName) {
  if (!is_at_least(1, 50)) GTEST_SKIP() << "named since libuv 1.50";
  char name[32] = "";
  on_the_pool([&name] { pthread_getname_np(pthread_self(), name, sizeof(name)); });
  EXPECT_STREQ("libuv-worker", name);
}

TEST(PoolThread, BlocksTheSignalsThatItsStarterBlocked) {
  sigset_t own, inside;
  ASSERT_EQ(0, pthread_sigmask(SIG_SETMASK, nullptr, &own));
  on_the_pool([&inside] { pthread_sigmask(SIG_SETMASK, nullptr, &inside); });
  for (int number = 1; number < NSIG; ++number)
    EXPECT_EQ(sigismember(&own, number), sigismember(&inside, number)) << number;
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
    pthread_attr_t attributes;
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstacksize(&attributes, &size);
    pthread_attr_destroy(&attributes);
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
