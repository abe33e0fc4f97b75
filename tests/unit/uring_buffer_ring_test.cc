// The accounting of the buffers that the kernel receives into.
#include "uring/buffer_ring.h"

#include <gtest/gtest.h>

#include "uring/ring.h"
#include "uring/support.h"

namespace violet {
namespace {

constexpr unsigned int kSize = 64;

std::uint32_t completion_of(unsigned int buffer, bool more) {
  return buffer << IORING_CQE_BUFFER_SHIFT | IORING_CQE_F_BUFFER |
         (more ? kernel::kCompletionBufferMore : 0);
}

class UringBufferRing : public testing::Test {
 protected:
  void SetUp() override {
    const UringSupport& support = uring_support();
    if (support.error != 0) GTEST_SKIP() << support.refusal;
    if (!support.incremental_buffers) GTEST_SKIP() << "the kernel has no incremental buffers";
    ASSERT_EQ(0, ring_.open(8, 0, false));
    ASSERT_EQ(0, ring_.enable());
    ASSERT_EQ(0, buffers_.open(ring_.raw(), 2, kSize, true));
  }
  void TearDown() override { ring_.close(); }

  Ring ring_;
  BufferRing buffers_{BufferRing::kStreams};
};

TEST_F(UringBufferRing, SlicesOfOneBufferFollowEachOther) {
  BufferRing::Slice first = buffers_.accept(10, completion_of(0, true));
  BufferRing::Slice second = buffers_.accept(20, completion_of(0, true));
  EXPECT_EQ(first.bytes + 10, second.bytes);
  EXPECT_EQ(first.buffer, second.buffer);
  EXPECT_TRUE(buffers_.has_room());
}

TEST_F(UringBufferRing, HasNoRoomWhileAllBuffersAreLent) {
  buffers_.accept(kSize, completion_of(0, false));
  EXPECT_TRUE(buffers_.has_room());
  buffers_.accept(kSize, completion_of(1, false));
  EXPECT_FALSE(buffers_.has_room());
  buffers_.give_back(1);
  EXPECT_TRUE(buffers_.has_room());
}

TEST_F(UringBufferRing, AFullBufferReturnsWithItsLastSlice) {
  buffers_.accept(kSize, completion_of(1, false));
  BufferRing::Slice first = buffers_.accept(10, completion_of(0, true));
  buffers_.accept(kSize - 10, completion_of(0, false));
  EXPECT_FALSE(buffers_.has_room());
  buffers_.give_back(0);
  EXPECT_FALSE(buffers_.has_room()) << "one of two slices is still lent";
  buffers_.give_back(0);
  EXPECT_TRUE(buffers_.has_room());
  EXPECT_EQ(first.bytes, buffers_.accept(1, completion_of(0, true)).bytes) << "starts afresh";
}

TEST_F(UringBufferRing, AnUnfinishedBufferStaysWithTheKernel) {
  BufferRing::Slice first = buffers_.accept(10, completion_of(0, true));
  buffers_.give_back(0);
  EXPECT_EQ(first.bytes + 10, buffers_.accept(1, completion_of(0, true)).bytes);
}

}  // namespace
}  // namespace violet
