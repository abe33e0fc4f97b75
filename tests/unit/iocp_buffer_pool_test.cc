#include "iocp/buffer_pool.h"

#include <gtest/gtest.h>

#include <set>

namespace violet {
namespace {

TEST(BufferPool, LendsEachBufferOnceAndNoMoreThanThereAre) {
  BufferPool pool;
  std::set<ReceiveBuffer*> lent;
  for (unsigned int i = 0; i < BufferPool::kMost; ++i) {
    ReceiveBuffer* buffer = pool.lend();
    ASSERT_NE(nullptr, buffer);
    EXPECT_TRUE(lent.insert(buffer).second);
  }
  EXPECT_EQ(nullptr, pool.lend());
  pool.give_back(*lent.begin());
  EXPECT_EQ(*lent.begin(), pool.lend());
  for (ReceiveBuffer* buffer : lent)
    pool.give_back(buffer);
  pool.give_back(nullptr);
}

}  // namespace
}  // namespace violet
