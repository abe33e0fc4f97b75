#include "handle/watch_table.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>

#include "handle/path_text.h"

namespace violet {
namespace {

struct Entry {
  int id;
};

TEST(WatchTable, IsEmptyAtFirst) {
  WatchTable<Entry> table;
  EXPECT_EQ(nullptr, table.find(1));
  EXPECT_EQ(nullptr, table.any());
  EXPECT_EQ(0u, table.size());
}

TEST(WatchTable, FindsWhatCollides) {
  WatchTable<Entry> table;
  Entry entries[] = {{1}, {17}, {33}, {2}, {15}, {31}};
  for (Entry& entry : entries)
    ASSERT_TRUE(table.insert(entry));
  for (Entry& entry : entries)
    EXPECT_EQ(&entry, table.find(entry.id));
  EXPECT_EQ(nullptr, table.find(49));
  table.remove(1);
  EXPECT_EQ(nullptr, table.find(1));
  for (Entry* entry = &entries[1]; entry != entries + 6; ++entry)
    EXPECT_EQ(entry, table.find(entry->id));
}

// Against a map, with ids that collide often and runs that wrap around the end.
TEST(WatchTable, BehavesLikeAMap) {
  std::mt19937 random(7);
  WatchTable<Entry> table;
  std::map<int, std::unique_ptr<Entry>> expected;
  for (int step = 0; step < 20000; ++step) {
    int id = static_cast<int>(random() % 40) * (random() % 2 == 0 ? 1 : 16);
    if (expected.count(id) != 0) {
      EXPECT_EQ(expected[id].get(), table.find(id));
      table.remove(id);
      expected.erase(id);
    } else {
      EXPECT_EQ(nullptr, table.find(id));
      expected[id] = std::make_unique<Entry>(Entry{id});
      ASSERT_TRUE(table.insert(*expected[id]));
    }
    ASSERT_EQ(expected.size(), table.size());
  }
  std::size_t visited = 0;
  table.for_each([&](Entry& entry) { visited += expected.count(entry.id); });
  EXPECT_EQ(expected.size(), visited);
}

TEST(PathText, JoinsParts) {
  EXPECT_STREQ("a/b", join_path("a", "b").get());
  EXPECT_STREQ("a/b", join_path("a/", "b").get());
  EXPECT_STREQ("/b", join_path("/", "b").get());
  EXPECT_STREQ("b", join_path("", "b").get());
  EXPECT_STREQ("a", join_path("a", "").get());
}

TEST(PathText, KnowsTheLastPart) {
  EXPECT_STREQ("c", last_part("a/b/c"));
  EXPECT_STREQ("a", last_part("a"));
  EXPECT_STREQ("a", last_part("/a"));
}

TEST(PathText, KnowsWhatLiesWithin) {
  EXPECT_TRUE(is_within("a", "a"));
  EXPECT_TRUE(is_within("a/b", "a"));
  EXPECT_FALSE(is_within("ab", "a"));
  EXPECT_FALSE(is_within("a", "a/b"));
}

}  // namespace
}  // namespace violet
