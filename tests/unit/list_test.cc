#include "base/list.h"

#include <gtest/gtest.h>

#include <cstddef>

#include <vector>

#include "base/ready_list.h"

namespace violet {
namespace {

struct Item {
  ListNode node = {};
  int name = 0;
};

class ListTest : public testing::Test {
 protected:
  void SetUp() override {
    list.reset();
    for (int i = 0; i < 5; ++i)
      items[i].name = i;
  }
  static int name_of(ListNode& node) {
    return object_from_member<Item>(&node, offsetof(Item, node)).name;
  }
  std::vector<int> names() {
    std::vector<int> result;
    for (ListNode* node = list.head.next; node != &list.head; node = node->next)
      result.push_back(name_of(*node));
    return result;
  }

  List list;
  Item items[5];
};

TEST_F(ListTest, KeepsOrderAtBothEnds) {
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(nullptr, list.front());
  EXPECT_EQ(nullptr, list.pop_front());
  list.push_back(items[1].node);
  list.push_back(items[2].node);
  list.push_front(items[0].node);
  EXPECT_EQ((std::vector<int>{0, 1, 2}), names());
  EXPECT_EQ(&items[0].node, list.pop_front());
  EXPECT_FALSE(items[0].node.linked());
  EXPECT_EQ(&items[1].node, list.front());
}

TEST_F(ListTest, ANodeLeavesFromAnywhere) {
  for (Item& item : items)
    list.push_back(item.node);
  items[2].node.unlink();
  items[4].node.unlink_if_linked();
  items[4].node.unlink_if_linked();
  EXPECT_EQ((std::vector<int>{0, 1, 3}), names());
}

TEST_F(ListTest, MovesAllBehindWhatIsThere) {
  List other;
  other.reset();
  other.move_all_to(list);
  EXPECT_TRUE(list.empty());
  list.push_back(items[0].node);
  other.push_back(items[1].node);
  other.push_back(items[2].node);
  other.move_all_to(list);
  EXPECT_TRUE(other.empty());
  EXPECT_EQ((std::vector<int>{0, 1, 2}), names());
}

TEST_F(ListTest, VisitsWhatIsLinkedNowOnce) {
  list.push_back(items[0].node);
  list.push_back(items[1].node);
  list.push_back(items[2].node);
  std::vector<int> visited;
  for_each_linked_now(list, [&](ListNode& node) {
    visited.push_back(name_of(node));
    if (name_of(node) != 0) return;
    items[1].node.unlink();         // not visited any more
    list.push_back(items[3].node);  // not visited yet
    items[0].node.unlink();         // the visited one itself
  });
  EXPECT_EQ((std::vector<int>{0, 2}), visited);
  EXPECT_EQ((std::vector<int>{3, 2}), names());
}

TEST(ReadyList, LinksOnceAndKeepsTheFirstPlace) {
  ReadyList ready;
  ReadyItem items[2] = {};
  ready.push_back_once(items[0]);
  ready.push_back_once(items[1]);
  ready.push_back_once(items[0]);
  EXPECT_EQ(&items[0], ready.pop_front());
  EXPECT_EQ(&items[1], ready.pop_front());
  EXPECT_EQ(nullptr, ready.pop_front());
}

}  // namespace
}  // namespace violet
