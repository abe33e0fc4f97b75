#include "core/signalled.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <thread>
#include <vector>

namespace violet {
namespace {

using Orders = std::vector<std::uint64_t>;

struct Queue : SignalledQueue {
  explicit Queue(std::size_t count) : items(count) {
    for (SignalledItem& item : items)
      number(item);
  }
  // The rest of the round.
  Orders finish_round() {
    Orders orders;
    while (SignalledItem* item = next_in_round())
      orders.push_back(item->order);
    return orders;
  }
  Orders round() {
    begin_round();
    return finish_round();
  }

  std::vector<SignalledItem> items;  // by order, which begins with 1
};

TEST(SignalledQueue, ARoundGoesInTheOrderOfTheInitialisations) {
  Queue queue(5);
  for (int i : {3, 0, 4, 1})
    queue.put(queue.items[i]);
  EXPECT_FALSE(queue.empty());
  EXPECT_EQ(Orders({1, 2, 4, 5}), queue.round());
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(Orders(), queue.round());
}

TEST(SignalledQueue, WhatIsPutMeanwhileHasItsTurnIfThatIsStillToCome) {
  Queue queue(6);
  queue.put(queue.items[2]);
  queue.put(queue.items[5]);
  queue.begin_round();
  EXPECT_EQ(&queue.items[2], queue.next_in_round());
  for (int i : {4, 2, 0, 3})
    queue.put(queue.items[i]);
  SignalledItem young = {};
  queue.number(young);
  queue.put(young);
  EXPECT_EQ(Orders({4, 5, 6}), queue.finish_round());
  EXPECT_EQ(Orders({1, 3, 7}), queue.round());
}

TEST(SignalledQueue, WhatIsReceivedBetweenTwoRoundsIsForTheNext) {
  Queue queue(3);
  queue.put(queue.items[0]);
  EXPECT_EQ(1u, queue.receive());
  EXPECT_EQ(Orders({1}), queue.round());
  queue.put(queue.items[2]);
  EXPECT_EQ(1u, queue.receive());
  queue.put(queue.items[1]);
  EXPECT_EQ(Orders({2, 3}), queue.round());
}

TEST(SignalledQueue, ARoundInsideOfARoundTakesTheRest) {
  Queue queue(4);
  for (SignalledItem& item : queue.items)
    queue.put(item);
  queue.begin_round();
  EXPECT_EQ(&queue.items[0], queue.next_in_round());
  EXPECT_EQ(Orders({2, 3, 4}), queue.round());
  EXPECT_EQ(Orders(), queue.finish_round());
  queue.put(queue.items[1]);
  EXPECT_EQ(Orders({2}), queue.round());
}

TEST(SignalledQueue, WhatIsDroppedHasNoTurn) {
  Queue queue(5);
  for (SignalledItem& item : queue.items)
    queue.put(item);
  queue.receive();
  queue.drop(queue.items[1]);
  queue.begin_round();
  EXPECT_EQ(&queue.items[0], queue.next_in_round());
  queue.drop(queue.items[2]);
  queue.drop(queue.items[4]);
  EXPECT_EQ(Orders({4}), queue.finish_round());
  EXPECT_TRUE(queue.empty());
  for (const SignalledItem& item : queue.items)
    EXPECT_EQ(0u, item.is_taken) << "nobody refers to it any more";
}

// Against an ordered set, which is certainly right.
TEST(SignalledQueue, AgreesWithAModelUnderRandomOperations) {
  constexpr std::size_t kItems = 60;
  Queue queue(kItems);
  std::set<std::uint64_t> model;
  std::mt19937 random(1);
  for (int i = 0; i < 100'000; ++i) {
    SignalledItem& item = queue.items[random() % kItems];
    const unsigned choice = random() % 16;
    if (choice < 12) {
      if (model.insert(item.order).second) queue.put(item);
    } else if (choice < 15) {
      queue.receive();
      ASSERT_EQ(model.erase(item.order) == 1, item.is_taken != 0);
      if (item.is_taken == 0) continue;
      queue.drop(item);
      queue.sweep();
      ASSERT_EQ(0u, item.is_taken);
      item.is_dropped = 0;
    } else {
      const Orders expected(model.begin(), model.end());
      model.clear();
      ASSERT_EQ(expected, queue.round());
    }
    ASSERT_EQ(model.empty(), queue.empty());
  }
}

TEST(SignalledQueue, ASweepInsideOfARoundKeepsTheRest) {
  Queue queue(5);
  for (int i : {0, 2, 3, 4})
    queue.put(queue.items[i]);
  queue.begin_round();
  EXPECT_EQ(&queue.items[0], queue.next_in_round());
  queue.put(queue.items[0]);
  queue.put(queue.items[1]);
  queue.receive();
  queue.drop(queue.items[3]);
  queue.sweep();
  EXPECT_EQ(Orders({2, 3, 5}), queue.finish_round());
  EXPECT_EQ(Orders({1}), queue.round());
}

TEST(SignalledQueue, ManyThreadsPut) {
  constexpr std::size_t kThreads = 4;
  constexpr std::size_t kPerThread = 5'000;
  Queue queue(kThreads * kPerThread);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&queue, thread] {
      for (std::size_t i = 0; i < kPerThread; ++i)
        queue.put(queue.items[i * kThreads + thread]);
    });
  }
  std::size_t count = 0;
  while (count < kThreads * kPerThread) {
    std::uint64_t last = 0;
    for (std::uint64_t order : queue.round()) {
      ASSERT_LT(last, order);
      last = order;
      ++count;
    }
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace violet
