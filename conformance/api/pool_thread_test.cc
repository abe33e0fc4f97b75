// What a program can see of the pool's threads from inside of them: name and stack.
#include "pool_thread_support.h"
#include "system.h"

namespace conformance {
namespace {

TEST(PoolThread, HasTheDocumentedName) {
  REQUIRE_FUNCTION(uv_thread_getname);
  char name[32] = "";
  on_the_pool([&name] {
    uv_thread_t self = uv_thread_self();
    EXPECT_EQ(0, uv_thread_getname(&self, name, sizeof(name)));
  });
  EXPECT_STREQ("libuv-worker", name);
}

TEST(PoolThread, HasAStackOfEightMebibytes) {
  if (!is_at_least(1, 45)) GTEST_SKIP() << "follows the limit before libuv 1.45";
  std::size_t size = 0;
  on_the_pool([&size] { size = test_support::current_stack_size(); });
  EXPECT_EQ(8u << 20, size);
}

}  // namespace
}  // namespace conformance
