#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstring>
#include <iterator>
#include <vector>

#include "own_process.h"
#include "support.h"
#include "system.h"

namespace {

#define SKIP_WITHOUT_NICE_THREADS()                                                          \
  if (test_support::kNoNiceThreads != nullptr) GTEST_SKIP() << test_support::kNoNiceThreads; \
  static_assert(true, "takes the semicolon")

void measure_stack(void* argument) {
  *static_cast<std::size_t*>(argument) = test_support::current_stack_size();
}

std::size_t stack_size_for(std::size_t requested) {
  uv_thread_options_t options = {};
  options.flags = UV_THREAD_HAS_STACK_SIZE;
  options.stack_size = requested;
  uv_thread_t thread;
  std::size_t size = 0;
  EXPECT_EQ(0, uv_thread_create_ex(&thread, &options, measure_stack, &size));
  EXPECT_EQ(0, uv_thread_join(&thread));
  return size;
}

// Not exactly as much: the C library may reuse a larger stack of an earlier thread.
TEST(Thread, StackIsAtLeastAsLargeAsAskedAndAsTheMinimum) {
  EXPECT_GE(stack_size_for((100 << 10) + 1), std::size_t{104} << 10);
  EXPECT_GE(stack_size_for(1), static_cast<std::size_t>(PTHREAD_STACK_MIN));
}

TEST(Thread, StackSizeZeroIsTheDefault) {
  uv_thread_t thread;
  std::size_t size = 0;
  ASSERT_EQ(0, uv_thread_create(&thread, measure_stack, &size));
  ASSERT_EQ(0, uv_thread_join(&thread));
  EXPECT_EQ(size, stack_size_for(0));
}

TEST(Thread, PriorityOutOfRangeIsInvalid) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  uv_thread_t self = uv_thread_self();
  int priority = -1;
  EXPECT_EQ(0, uv_thread_getpriority(self, &priority));
  if (test_support::kNoNiceThreads == nullptr) {
    EXPECT_EQ(getpriority(PRIO_PROCESS, 0), priority) << "of the default policy";
  }
  EXPECT_EQ(UV_EINVAL, uv_thread_getpriority(self, nullptr));
  EXPECT_EQ(UV_EINVAL, uv_thread_setpriority(self, UV_THREAD_PRIORITY_HIGHEST + 1));
  EXPECT_EQ(UV_EINVAL, uv_thread_setpriority(self, UV_THREAD_PRIORITY_LOWEST - 1));
}

// Does `body` on a thread of its own, whose priority is gone with it.
template <typename Body>
void on_a_thread(Body body) {
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(
                   &thread, [](void* given) { (*static_cast<Body*>(given))(); }, &body));
  EXPECT_EQ(0, uv_thread_join(&thread));
}

constexpr int kPriorities[] = {UV_THREAD_PRIORITY_HIGHEST, UV_THREAD_PRIORITY_ABOVE_NORMAL,
                               UV_THREAD_PRIORITY_NORMAL, UV_THREAD_PRIORITY_BELOW_NORMAL,
                               UV_THREAD_PRIORITY_LOWEST};

TEST(Thread, PriorityCanBeLoweredOnAnotherThread) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  SKIP_WITHOUT_NICE_THREADS();
  struct Sleeper {
    uv_sem_t release;
    int nice_value;
  } sleeper = {};
  ASSERT_EQ(0, uv_sem_init(&sleeper.release, 0));
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(
                   &thread,
                   [](void* given) {
                     Sleeper& self = *static_cast<Sleeper*>(given);
                     uv_sem_wait(&self.release);
                     self.nice_value = getpriority(PRIO_PROCESS, test_support::own_priority_id());
                   },
                   &sleeper));
  const int own = getpriority(PRIO_PROCESS, test_support::own_priority_id());
  EXPECT_EQ(0, uv_thread_setpriority(thread, UV_THREAD_PRIORITY_LOWEST));
  uv_sem_post(&sleeper.release);
  EXPECT_EQ(0, uv_thread_join(&thread));
  uv_sem_destroy(&sleeper.release);
  EXPECT_EQ(4, sleeper.nice_value);
  EXPECT_EQ(own, getpriority(PRIO_PROCESS, test_support::own_priority_id()))
      << "of that thread only";
}

TEST(Thread, EachPriorityIsTwoNiceValuesFromTheNext) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  SKIP_WITHOUT_NICE_THREADS();
  on_a_thread([] {
    for (int level : kPriorities) {
      int error = uv_thread_setpriority(uv_thread_self(), level);
      if (error != 0) {
        EXPECT_TRUE(error == UV_EACCES || error == UV_EPERM) << uv_strerror(error);
        EXPECT_NE(level, UV_THREAD_PRIORITY_LOWEST) << "lowering needs no permission";
        continue;
      }
      EXPECT_EQ(-2 * level, getpriority(PRIO_PROCESS, test_support::own_priority_id()));
      int told = 100;
      EXPECT_EQ(0, uv_thread_getpriority(uv_thread_self(), &told));
      EXPECT_EQ(-2 * level, told);
    }
  });
}

// The policies of sched(7) under which threads share the time by their nice values.
TEST(Thread, PriorityIsTheNiceValueUnderEveryPolicyThatHasOne) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  SKIP_WITHOUT_NICE_THREADS();
  for (int policy : test_support::kSharingPolicies) {
    on_a_thread([policy] {
      const sched_param none = {};
      ASSERT_EQ(0, pthread_setschedparam(pthread_self(), policy, &none));
      ASSERT_EQ(0, setpriority(PRIO_PROCESS, test_support::own_priority_id(), 7));
      int told = 100;
      EXPECT_EQ(0, uv_thread_getpriority(uv_thread_self(), &told));
      EXPECT_EQ(7, told) << policy;
    });
  }
}

TEST(Thread, RealTimePrioritiesAreInOrder) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  bool permitted = false;
  on_a_thread([&permitted] {
    sched_param lowest = {};
    lowest.sched_priority = sched_get_priority_min(SCHED_RR);
    permitted = pthread_setschedparam(pthread_self(), SCHED_RR, &lowest) == 0;
    int before = sched_get_priority_max(SCHED_RR) + 1;
    for (std::size_t i = 0; permitted && i < std::size(kPriorities); ++i) {
      EXPECT_EQ(0, uv_thread_setpriority(uv_thread_self(), kPriorities[i]));
      int priority = -1, policy = -1;
      sched_param now = {};
      EXPECT_EQ(0, uv_thread_getpriority(uv_thread_self(), &priority));
      EXPECT_EQ(0, pthread_getschedparam(pthread_self(), &policy, &now));
      EXPECT_EQ(SCHED_RR, policy) << "the policy stays";
      EXPECT_EQ(now.sched_priority, priority);
      EXPECT_LT(priority, before);
      before = priority;
    }
    if (permitted) {
      EXPECT_EQ(lowest.sched_priority, before);
    }
  });
  if (!permitted) GTEST_SKIP() << "no permission to run in real time";
}

// In a child that has no rights.
TEST(Thread, RaisingThePriorityNeedsPermission) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  SKIP_WITHOUT_NICE_THREADS();
  if (getpriority(PRIO_PROCESS, 0) != 0) GTEST_SKIP() << "this process has another nice value";
  EXPECT_EQ(0, conformance::in_own_process([] {
              test_support::forbid_raising_priority();
              if (getuid() == 0 && setuid(65534) != 0) return 2;
              uv_thread_t self = uv_thread_self();
              int error = uv_thread_setpriority(self, UV_THREAD_PRIORITY_HIGHEST);
              if (error != UV_EACCES && error != UV_EPERM) return 3;
              if (getpriority(PRIO_PROCESS, 0) < 0) return 4;
              return uv_thread_setpriority(self, UV_THREAD_PRIORITY_LOWEST) == 0 ? 0 : 5;
            }));
}

TEST(Thread, AffinityComesBack) {
  REQUIRE_FUNCTION(uv_thread_setaffinity);
  int size = uv_cpumask_size();
  ASSERT_GT(size, 0);
  std::vector<char> mask(static_cast<std::size_t>(size)), old(mask), now(mask);
  uv_thread_t self = uv_thread_self();
  EXPECT_EQ(UV_EINVAL, uv_thread_getaffinity(&self, mask.data(), mask.size() - 1));
  EXPECT_EQ(UV_EINVAL, uv_thread_setaffinity(&self, mask.data(), nullptr, mask.size() - 1));
  ASSERT_EQ(0, uv_thread_getaffinity(&self, mask.data(), mask.size()));
  const std::vector<char> all = mask;
  std::size_t first = 0;
  while (first < mask.size() && mask[first] == 0)
    ++first;
  ASSERT_LT(first, mask.size());
  std::memset(mask.data(), 0, mask.size());
  mask[first] = 1;
  ASSERT_EQ(0, uv_thread_setaffinity(&self, mask.data(), old.data(), mask.size()));
  EXPECT_EQ(all, old);
  ASSERT_EQ(0, uv_thread_getaffinity(&self, now.data(), now.size()));
  EXPECT_EQ(mask, now);
  EXPECT_EQ(static_cast<int>(first), uv_thread_getcpu());
  EXPECT_EQ(1u, uv_available_parallelism());
  EXPECT_EQ(0, uv_thread_setaffinity(&self, old.data(), nullptr, old.size()));
}

}  // namespace
