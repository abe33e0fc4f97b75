// Threads as Windows has them.
#include <cstring>
#include <vector>

#include "support.h"

namespace {

TEST(Thread, PrioritiesAreTheSystems) {
  uv_thread_t self = uv_thread_self();
  int priority = -99;
  for (int level :
       {UV_THREAD_PRIORITY_LOWEST, UV_THREAD_PRIORITY_BELOW_NORMAL, UV_THREAD_PRIORITY_ABOVE_NORMAL,
        UV_THREAD_PRIORITY_HIGHEST, UV_THREAD_PRIORITY_NORMAL}) {
    EXPECT_EQ(0, uv_thread_setpriority(self, level));
    EXPECT_EQ(0, uv_thread_getpriority(self, &priority));
    EXPECT_EQ(level, priority);
    EXPECT_EQ(level, GetThreadPriority(GetCurrentThread()));
  }
  EXPECT_EQ(UV_EINVAL, uv_thread_getpriority(self, nullptr));
  EXPECT_EQ(UV_EINVAL, uv_thread_setpriority(self, UV_THREAD_PRIORITY_HIGHEST + 1));
  EXPECT_EQ(UV_EINVAL, uv_thread_setpriority(self, UV_THREAD_PRIORITY_LOWEST - 1));
}

TEST(Thread, AffinityComesBack) {
  const int size = uv_cpumask_size();
  ASSERT_GT(size, 0);
  std::vector<char> mask(static_cast<std::size_t>(size)), old(mask), now(mask);
  uv_thread_t self = uv_thread_self();
  EXPECT_EQ(UV_EINVAL, uv_thread_getaffinity(&self, mask.data(), mask.size() - 1));
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
  EXPECT_EQ(0, uv_thread_setaffinity(&self, old.data(), nullptr, old.size()));
}

// The number of a handle that was closed is soon another's.
TEST(Thread, DetachesItselfAndClosesNothingElseLater) {
  REQUIRE_FUNCTION(uv_thread_detach);
  struct Seen {
    int detached = -1;
    HANDLE closed = nullptr;
    HANDLE next = nullptr;
  } seen;
  uv_thread_t thread;
  // GoogleTest would open handles for what fails in another thread.
  const uv_thread_cb detach_itself = [](void* argument) {
    Seen& inside = *static_cast<Seen*>(argument);
    uv_thread_t self = uv_thread_self();
    inside.closed = self;
    inside.detached = uv_thread_detach(&self);
    inside.next = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  };
  ASSERT_EQ(0, uv_thread_create(&thread, detach_itself, &seen));
  ASSERT_EQ(0, uv_thread_join(&thread));
  EXPECT_EQ(0, seen.detached);
  const bool is_open = CloseHandle(seen.next) != 0;
  if (seen.next != seen.closed) GTEST_SKIP() << "the number has not come again";
  EXPECT_TRUE(is_open) << "the thread has closed it";
}

}  // namespace
