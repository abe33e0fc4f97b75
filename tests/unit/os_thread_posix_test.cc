#include "os/thread.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <climits>

#include "os/clock.h"
#include "os/environment.h"
#include "os/posix/thread_attributes.h"
#include "os/user_thread.h"
#include "system.h"

namespace violet {
namespace {

struct Handshake {
  Mutex mutex;
  Condition condition;
  bool arrived = false;
  char name[16] = {};
  std::size_t stack_size = 0;
  bool is_current = true;
  Thread thread;
};

void arrive(void* argument) {
  Handshake& handshake = *static_cast<Handshake*>(argument);
  MutexLock lock(handshake.mutex);
  uv_thread_t self = user_thread_self();
  user_thread_name(&self, handshake.name, sizeof(handshake.name));
  handshake.stack_size = test_support::current_stack_size();
  handshake.arrived = true;
  handshake.condition.signal();
}

TEST(OsThread, RunsWithNameAndStackSize) {
  Handshake handshake;
  ASSERT_EQ(0, handshake.thread.start(arrive, &handshake, {"a name that is cut", 1 << 20}));
  EXPECT_FALSE(handshake.thread.is_current());
  {
    MutexLock lock(handshake.mutex);
    while (!handshake.arrived)
      handshake.condition.wait(handshake.mutex);
  }
  handshake.thread.join();
  EXPECT_STREQ("a name that is ", handshake.name);
  EXPECT_GE(handshake.stack_size, std::size_t{1} << 20);
}

TEST(OsThread, ImpossibleStackIsAnError) {
  Handshake handshake;
  EXPECT_GT(0, handshake.thread.start(arrive, &handshake, {nullptr, SIZE_MAX / 2}));
}

TEST(OsThread, StackSizesAreWholePagesAboveTheMinimum) {
  const std::size_t page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  EXPECT_EQ(64 * page, thread_stack_size(64 * page));
  EXPECT_EQ(64 * page, thread_stack_size(63 * page + 1));
  EXPECT_GE(thread_stack_size(1), static_cast<std::size_t>(PTHREAD_STACK_MIN));
  EXPECT_EQ(0u, thread_stack_size(1) % page);
  EXPECT_GE(thread_stack_size(0), thread_stack_size(1));
}

TEST(OsThread, TryLockFailsOnALockedMutex) {
  Mutex mutex;
  ASSERT_TRUE(mutex.try_lock());
  EXPECT_FALSE(mutex.try_lock());
  mutex.unlock();
}

TEST(OsThread, WaitForTimesOutNoEarlierThanAsked) {
  Mutex mutex;
  Condition condition;
  MutexLock lock(mutex);
  constexpr std::uint64_t kTimeout = 5'000'000;
  std::uint64_t start = monotonic_ns();
  while (condition.wait_for(mutex, kTimeout))
    start = monotonic_ns();
  EXPECT_LE(start + kTimeout, monotonic_ns());
}

int once_calls = 0;

TEST(OsThread, OnceCallsOnce) {
  Once once;
  once.call([] { ++once_calls; });
  once.call([] { ++once_calls; });
  EXPECT_EQ(1, once_calls);
}

TEST(OsEnvironment, CutsAndReportsTheFullLength) {
  setenv("VIOLET_TEST_VARIABLE", "value", 1);
  char buffer[4];
  EXPECT_EQ(5, environment_value("VIOLET_TEST_VARIABLE", buffer, sizeof(buffer)));
  EXPECT_STREQ("val", buffer);
  EXPECT_EQ(5, environment_value("VIOLET_TEST_VARIABLE", nullptr, 0));
  unsetenv("VIOLET_TEST_VARIABLE");
  EXPECT_EQ(-1, environment_value("VIOLET_TEST_VARIABLE", buffer, sizeof(buffer)));
}

}  // namespace
}  // namespace violet
