// Completion keys and the slots they name.
#include "uring/slot_table.h"

#include <gtest/gtest.h>

#include "uring/interest.h"
#include "uring/ops.h"

namespace violet {
namespace {

TEST(UringKey, ComesBackAsItWasPacked) {
  const Key key = {Completion::kOp, 0xab, 0xcdef, 0x12345678};
  const Key back = Key::unpack(key.packed());
  EXPECT_EQ(key.kind, back.kind);
  EXPECT_EQ(key.turn, back.turn);
  EXPECT_EQ(key.generation, back.generation);
  EXPECT_EQ(key.slot, back.slot);
}

TEST(UringKey, OfNobodyIsZero) {
  EXPECT_EQ(Completion::kNone, Key::unpack(0).kind);
}

Key key_of(const OpRecord& record) {
  return {Completion::kOp, 0, record.generation, record.slot};
}

TEST(UringSlots, AStaleKeyFindsNobody) {
  SlotTable<OpRecord> table;
  OpRecord* first = table.take();
  ASSERT_NE(nullptr, first);
  const Key stale = key_of(*first);
  EXPECT_EQ(first, table.find(stale));
  table.give_back(*first);
  OpRecord* second = table.take();
  EXPECT_EQ(first, second) << "a free slot is used again";
  EXPECT_EQ(nullptr, table.find(stale));
  EXPECT_EQ(second, table.find(key_of(*second)));
}

TEST(UringSlots, AKeyBeyondTheTableFindsNobody) {
  SlotTable<OpRecord> table;
  EXPECT_EQ(nullptr, table.find({Completion::kOp, 0, 0, 7}));
}

TEST(UringSlots, KeepTheirAddressesWhenTheTableGrows) {
  SlotTable<ChannelRecord> table;
  ChannelRecord* first = table.take();
  for (int i = 0; i < 1000; ++i)
    ASSERT_NE(nullptr, table.take());
  EXPECT_EQ(first, table.find({Completion::kPoll, 0, first->generation, first->slot}));
  EXPECT_EQ(0u, first->slot);
}

TEST(UringSlots, StartFromNothingEachTime) {
  SlotTable<ChannelRecord> table;
  ChannelRecord* record = table.take();
  record->backlog.end = -1;
  record->in_kernel = 3;
  table.give_back(*record);
  record = table.take();
  EXPECT_EQ(0, record->backlog.end);
  EXPECT_EQ(0u, record->in_kernel);
  EXPECT_EQ(1u, record->generation);
}

// As many as a block holds.
constexpr int kBlock = 64;

TEST(UringSlots, ABurstsMemoryIsReleased) {
  SlotTable<ChannelRecord> table;
  ChannelRecord* records[4 * kBlock];
  for (ChannelRecord*& record : records)
    ASSERT_NE(nullptr, record = table.take());
  for (int i = 1; i < 4 * kBlock; ++i)
    table.give_back(*records[i]);
  table.trim();
  EXPECT_EQ(1u, table.block_count());
  EXPECT_EQ(records[0], &table.at(0)) << "who is in use stays";
  for (int i = 1; i < 4 * kBlock; ++i) {
    ASSERT_NE(nullptr, records[i] = table.take());
    ASSERT_EQ(records[i], &table.at(records[i]->slot));
    for (int k = 0; k < i; ++k)
      ASSERT_NE(records[k], records[i]);
  }
}

TEST(UringSlots, ABlockInUseKeepsThoseBeforeIt) {
  SlotTable<ChannelRecord> table;
  ChannelRecord* records[3 * kBlock];
  for (ChannelRecord*& record : records)
    ASSERT_NE(nullptr, record = table.take());
  ChannelRecord* kept = records[kBlock + 1];
  for (ChannelRecord* record : records)
    if (record != kept) table.give_back(*record);
  table.trim();
  EXPECT_EQ(2u, table.block_count());
  EXPECT_EQ(kept, &table.at(kept->slot));
}

}  // namespace
}  // namespace violet
