// The accounting of the buffers that the kernel receives into.
#include "uring/buffer_ring.h"

#include <gtest/gtest.h>

#include <optional>

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
    if (!receive_support().incremental_buffers)
      GTEST_SKIP() << "the kernel has no incremental buffers";
    ASSERT_EQ(0, ring_.open(8, 0, false));
    ASSERT_EQ(0, ring_.enable());
    ASSERT_EQ(0, buffers_.open(ring_.raw(), {2, kSize, 2, kSize, true}));
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

// Eight buffers, of which the kernel has two halves so long as little comes.
class UringFewBuffers : public UringBufferRing {
 protected:
  static constexpr unsigned int kCount = 8;
  static constexpr unsigned int kPart = kSize / 2;

  void SetUp() override {
    UringBufferRing::SetUp();
    if (IsSkipped()) return;
    few_.emplace(BufferRing::kDatagrams);
    ASSERT_EQ(0, few_->open(ring_.raw(), {kCount, kSize, 2, kPart, true}));
  }
  // Of one completion that fills a buffer.
  void fill(unsigned int buffer, unsigned int size) {
    few_->accept(static_cast<std::int32_t>(size), completion_of(buffer, false));
  }

  std::optional<BufferRing> few_;
};

TEST_F(UringFewBuffers, TheSameTwoGoRound) {
  for (int round = 0; round < 100; ++round) {
    fill(static_cast<unsigned int>(round % 2), kPart);
    few_->give_back(static_cast<std::uint16_t>(round % 2));
    few_->refill();
    ASSERT_EQ(2u, few_->provided());
  }
}

TEST_F(UringFewBuffers, WhatIsLentIsReplaced) {
  fill(0, kPart);
  few_->refill();
  EXPECT_EQ(2u, few_->provided());
  few_->give_back(0);
  EXPECT_EQ(2u, few_->provided()) << "it goes to the reserve";
}

TEST_F(UringFewBuffers, AShortageDoublesThem) {
  few_->note_shortage();
  few_->note_shortage();
  few_->refill();
  EXPECT_EQ(4u, few_->provided());
  few_->note_shortage();
  few_->refill();
  few_->note_shortage();
  few_->refill();
  EXPECT_EQ(kCount, few_->provided()) << "there are no more";
  EXPECT_TRUE(few_->has_room());
}

TEST_F(UringFewBuffers, SoDoesTheFillingOfAll) {
  fill(0, kPart);
  fill(1, kPart);
  few_->refill();
  EXPECT_EQ(4u, few_->provided());
}

TEST_F(UringFewBuffers, LaterOnesAreProvidedWhole) {
  few_->note_shortage();
  few_->refill();
  fill(2, kSize);
  EXPECT_EQ(3u, few_->provided());
}

TEST_F(UringFewBuffers, FewAgainAreEnoughAfterAWhile) {
  few_->note_shortage();
  few_->refill();
  ASSERT_EQ(4u, few_->provided());
  unsigned int buffer = 0;
  for (unsigned int i = 0; i < 3 * BufferRing::kRefillsBetweenReviews; ++i) {
    if (i % 64 == 0) {
      fill(buffer, kPart);
      few_->give_back(static_cast<std::uint16_t>(buffer));
      buffer = (buffer + 1) % 4;
    }
    few_->refill();
    if (few_->provided() == 2) break;
  }
  // What the kernel has it keeps until it is filled.
  EXPECT_LE(few_->provided(), 3u);
}

}  // namespace
}  // namespace violet
