// Threads that programs start.
#include <atomic>
#include <cstring>
#include <string>
#include <vector>

#include "support.h"

namespace {

void increment(void* argument) {
  ++*static_cast<std::atomic<int>*>(argument);
}

TEST(Thread, RunsAndJoins) {
  std::atomic<int> count{0};
  uv_thread_t thread;
  ASSERT_EQ(0, uv_thread_create(&thread, increment, &count));
  EXPECT_EQ(0, uv_thread_join(&thread));
  EXPECT_EQ(1, count);
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

TEST(Thread, NameOfAnyLengthIsAccepted) {
  REQUIRE_FUNCTION(uv_thread_setname);
  uv_thread_t self = uv_thread_self();
  char before[16], name[2048];
  ASSERT_EQ(0, uv_thread_getname(&self, before, sizeof(before)));
  const std::string given(1500, 'n');
  ASSERT_EQ(0, uv_thread_setname(given.c_str()));
  EXPECT_EQ(0, uv_thread_getname(&self, name, sizeof(name)));
  EXPECT_EQ(given.substr(0, std::strlen(name)), name);
  EXPECT_GT(std::strlen(name), 0u);
  uv_thread_setname(before);
}

TEST(Thread, AffinityToNoProcessorFails) {
  REQUIRE_FUNCTION(uv_thread_setaffinity);
  std::vector<char> mask(static_cast<std::size_t>(uv_cpumask_size()));
  uv_thread_t self = uv_thread_self();
  EXPECT_EQ(UV_EINVAL, uv_thread_setaffinity(&self, mask.data(), nullptr, mask.size()));
}

}  // namespace
