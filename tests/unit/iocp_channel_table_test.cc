#include "iocp/channel_table.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace violet {
namespace {

class ChannelTableTest : public testing::Test {
 protected:
  Channel& channel(SOCKET socket) {
    channels_.push_back(std::make_unique<Channel>());
    channels_.back()->descriptor = Descriptor::of(socket);
    return *channels_.back();
  }

  // As an engine that is through with it.
  void free(Channel& channel) {
    ChannelRecord& record = *table_.find(channel);
    table_.give_up_claim(record);
    record.channel = nullptr;
    channel.record = 0;
    table_.free(record);
  }

  std::vector<std::unique_ptr<Channel>> channels_;
  ChannelTable table_;
};

TEST_F(ChannelTableTest, FindsNothingForANewChannel) {
  EXPECT_EQ(nullptr, table_.find(channel(8)));
  EXPECT_EQ(nullptr, table_.claimant_of(Descriptor::of(8)));
}

TEST_F(ChannelTableTest, OnlyAClaimIsFoundByItsDescriptor) {
  Channel& first = channel(8);
  ChannelRecord* record = table_.make(first);
  ASSERT_NE(nullptr, record);
  EXPECT_EQ(record, table_.find(first));
  EXPECT_EQ(nullptr, table_.claimant_of(first.descriptor));
  table_.claim(*record);
  table_.claim(*record);
  EXPECT_EQ(record, table_.claimant_of(first.descriptor));
  table_.give_up_claim(*record);
  EXPECT_EQ(nullptr, table_.claimant_of(first.descriptor));
  table_.give_up_claim(*record);
  free(first);
}

// Growing makes the chains anew; handles may be any numbers.
TEST_F(ChannelTableTest, FindsEveryClaimAmongMany) {
  constexpr SOCKET kCount = 1000;
  constexpr SOCKET kStep = 0x1004;
  for (SOCKET i = 1; i <= kCount; ++i)
    table_.claim(*table_.make(channel(i * kStep)));
  for (SOCKET i = 1; i <= kCount; i += 2)
    table_.give_up_claim(*table_.find(*channels_[i - 1]));
  for (SOCKET i = 1; i <= kCount; ++i) {
    ChannelRecord* expected = i % 2 == 1 ? nullptr : table_.find(*channels_[i - 1]);
    EXPECT_EQ(expected, table_.claimant_of(Descriptor::of(i * kStep))) << i;
  }
}

TEST_F(ChannelTableTest, UsesAFreedSlotAgain) {
  Channel& first = channel(8);
  table_.make(first);
  const std::int32_t number = first.record;
  free(first);
  Channel& second = channel(12);
  table_.make(second);
  EXPECT_EQ(number, second.record);
  EXPECT_EQ(&second, table_.find(second)->channel);
}

}  // namespace
}  // namespace violet
