// Which channel watches a descriptor.
#include "readiness/descriptor_table.h"

#include <gtest/gtest.h>

namespace violet {
namespace {

TEST(DescriptorTable, HasNoEntriesBehindTheHighestDescriptor) {
  DescriptorTable table;
  ASSERT_TRUE(table.reserve(Descriptor::of(1000)));
  EXPECT_EQ(1001u, table.size()) << "entries that nobody needs would take memory";
  ASSERT_TRUE(table.reserve(Descriptor::of(7)));
  EXPECT_EQ(1001u, table.size());
}

TEST(DescriptorTable, KeepsItsEntriesWhenItGrows) {
  DescriptorTable table;
  Channel first = {}, second = {};
  first.descriptor = Descriptor::of(3);
  second.descriptor = Descriptor::of(900);
  ASSERT_TRUE(table.reserve(first.descriptor));
  table.set(first.descriptor, &first);
  for (int number = 4; number <= 900; ++number)
    ASSERT_TRUE(table.reserve(Descriptor::of(number)));
  table.set(second.descriptor, &second);
  EXPECT_EQ(&first, table.at(first.descriptor));
  EXPECT_EQ(&second, table.at(second.descriptor));
  EXPECT_EQ(nullptr, table.at(Descriptor::of(500)));
  EXPECT_EQ(nullptr, table.at(Descriptor::of(5000)));
}

TEST(DescriptorTable, IsEmptyWhenTheLastChannelIsTakenOut) {
  DescriptorTable table;
  Channel channel = {};
  channel.descriptor = Descriptor::of(3);
  ASSERT_TRUE(table.reserve(channel.descriptor));
  table.set(channel.descriptor, &channel);
  EXPECT_FALSE(table.is_empty());
  table.clear(channel);
  EXPECT_TRUE(table.is_empty());
}

}  // namespace
}  // namespace violet
