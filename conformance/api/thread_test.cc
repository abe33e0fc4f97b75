#include <pthread.h>

#include <atomic>
#include <cstring>
#include <vector>

#include "support.h"

namespace {

void increment(void* argument) {
  ++*static_cast<std::atomic<int>*>(argument);
}

void measure_stack(void* argument) {
  pthread_attr_t attributes;
  pthread_getattr_np(pthread_self(), &attributes);
  pthread_attr_getstacksize(&attributes, static_cast<std::size_t*>(argument));
  pthread_attr_destroy(&attributes);
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

TEST(Thread, RunsAndJoins) {
  std::atomic<int> count{0};
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(&thread, increment, &count));
  EXPECT_EQ(0, uv_thread_join(&thread));
  EXPECT_EQ(1, count);
}

// Not exactly as much: the C library may reuse a larger stack of an earlier thread.
TEST(Thread, StackIsAtLeastAsLargeAsAskedAndAsTheMinimum) {
  EXPECT_GE(stack_size_for((100 << 10) + 1), std::size_t{104} << 10);
  EXPECT_GE(stack_size_for(1), std::size_t{PTHREAD_STACK_MIN});
}

TEST(Thread, StackSizeZeroIsTheDefault) {
  uv_thread_t thread;
  std::size_t size = 0;
  ASSERT_EQ(0, uv_thread_create(&thread, measure_stack, &size));
  ASSERT_EQ(0, uv_thread_join(&thread));
  EXPECT_EQ(size, stack_size_for(0));
}

TEST(Thread, EqualComparesIdentity) {
  uv_thread_t self = uv_thread_self();
  uv_thread_t other;
  std::atomic<int> count{0};
  ASSERT_EQ(0, uv_thread_create(&other, increment, &count));
  EXPECT_NE(0, uv_thread_equal(&self, &self));
  EXPECT_EQ(0, uv_thread_equal(&self, &other));
  EXPECT_EQ(0, uv_thread_join(&other));
}

TEST(Thread, DetachedThreadRuns) {
  REQUIRE_FUNCTION(uv_thread_detach);
  uv_sem_t done;
  ASSERT_EQ(0, uv_sem_init(&done, 0));
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(
                   &thread, [](void* sem) { uv_sem_post(static_cast<uv_sem_t*>(sem)); }, &done));
  EXPECT_EQ(0, uv_thread_detach(&thread));
  uv_sem_wait(&done);
  // Not destroyed: the thread may still be inside the post.
}

TEST(Thread, NameIsCutToWhatTheSystemAllows) {
  REQUIRE_FUNCTION(uv_thread_setname);
  uv_thread_t self = uv_thread_self();
  char before[16], name[32], small[4];
  ASSERT_EQ(0, uv_thread_getname(&self, before, sizeof(before)));
  EXPECT_EQ(UV_EINVAL, uv_thread_setname(nullptr));
  ASSERT_EQ(0, uv_thread_setname("a name that is too long"));
  EXPECT_EQ(0, uv_thread_getname(&self, name, sizeof(name)));
  EXPECT_EQ(0, std::strncmp(name, "a name that is too long", std::strlen(name)));
  EXPECT_GT(std::strlen(name), 0u);
  EXPECT_EQ(0, uv_thread_getname(&self, small, sizeof(small)));
  EXPECT_STREQ("a n", small);
  EXPECT_EQ(UV_EINVAL, uv_thread_getname(&self, nullptr, 8));
  EXPECT_EQ(UV_EINVAL, uv_thread_getname(&self, small, 0));
  uv_thread_setname(before);
}

TEST(Thread, PriorityOutOfRangeIsInvalid) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  uv_thread_t self = uv_thread_self();
  int priority = -1;
  EXPECT_EQ(0, uv_thread_getpriority(self, &priority));
  EXPECT_EQ(0, priority) << "of the default policy";
  EXPECT_EQ(UV_EINVAL, uv_thread_getpriority(self, nullptr));
  EXPECT_EQ(UV_EINVAL, uv_thread_setpriority(self, UV_THREAD_PRIORITY_HIGHEST + 1));
  EXPECT_EQ(UV_EINVAL, uv_thread_setpriority(self, UV_THREAD_PRIORITY_LOWEST - 1));
}

TEST(Thread, PriorityCanBeLoweredOnAnotherThread) {
  REQUIRE_FUNCTION(uv_thread_setpriority);
  uv_sem_t release;
  ASSERT_EQ(0, uv_sem_init(&release, 0));
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(
                   &thread, [](void* sem) { uv_sem_wait(static_cast<uv_sem_t*>(sem)); }, &release));
  EXPECT_EQ(0, uv_thread_setpriority(thread, UV_THREAD_PRIORITY_LOWEST));
  uv_sem_post(&release);
  EXPECT_EQ(0, uv_thread_join(&thread));
  uv_sem_destroy(&release);
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

TEST(Thread, AffinityToNoProcessorFails) {
  REQUIRE_FUNCTION(uv_thread_setaffinity);
  std::vector<char> mask(static_cast<std::size_t>(uv_cpumask_size()));
  uv_thread_t self = uv_thread_self();
  EXPECT_EQ(UV_EINVAL, uv_thread_setaffinity(&self, mask.data(), nullptr, mask.size()));
}

}  // namespace
