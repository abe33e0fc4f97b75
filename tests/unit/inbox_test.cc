#include "core/inbox.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace violet {
namespace {

struct Message {
  InboxNode node = {};
  int sender = 0;
  int number = 0;
};

TEST(Inbox, GivesTheOldestFirst) {
  Inbox inbox;
  EXPECT_TRUE(inbox.empty());
  EXPECT_EQ(nullptr, inbox.take_all());
  InboxNode nodes[3];
  for (InboxNode& node : nodes)
    inbox.put(node);
  EXPECT_FALSE(inbox.empty());
  InboxNode* chain = inbox.take_all();
  EXPECT_EQ(&nodes[0], chain);
  EXPECT_EQ(&nodes[1], chain->next);
  EXPECT_EQ(&nodes[2], chain->next->next);
  EXPECT_EQ(nullptr, chain->next->next->next);
  EXPECT_TRUE(inbox.empty());
}

TEST(Inbox, LosesNothingAndKeepsEachSendersOrder) {
  constexpr int kSenders = 4;
  constexpr int kMessages = 5000;
  Inbox inbox;
  std::vector<std::vector<Message>> messages(kSenders, std::vector<Message>(kMessages));
  std::vector<std::thread> threads;
  for (int sender = 0; sender < kSenders; ++sender) {
    threads.emplace_back([&, sender] {
      for (int number = 0; number < kMessages; ++number) {
        Message& message =
            messages[static_cast<std::size_t>(sender)][static_cast<std::size_t>(number)];
        message.sender = sender;
        message.number = number;
        inbox.put(message.node);
      }
    });
  }
  int next[kSenders] = {};
  int received = 0;
  while (received < kSenders * kMessages) {
    InboxNode* node = inbox.take_all();
    if (node == nullptr) std::this_thread::yield();
    for (; node != nullptr; node = node->next, ++received) {
      const Message& message = reinterpret_cast<Message&>(*node);
      ASSERT_EQ(next[message.sender]++, message.number);
    }
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_TRUE(inbox.empty());
}

TEST(Fifo, AppendsChains) {
  Fifo fifo;
  InboxNode nodes[5] = {};
  auto chain = [&](int first, int last) {
    for (int i = first; i < last; ++i)
      nodes[i].next = &nodes[i + 1];
    nodes[last].next = nullptr;
    return &nodes[first];
  };
  EXPECT_EQ(0u, fifo.append(nullptr));
  EXPECT_TRUE(fifo.empty());
  EXPECT_EQ(2u, fifo.append(chain(0, 1)));
  EXPECT_EQ(3u, fifo.append(chain(2, 4)));
  for (InboxNode& node : nodes)
    EXPECT_EQ(&node, fifo.pop_front());
  EXPECT_EQ(nullptr, fifo.pop_front());
  EXPECT_TRUE(fifo.empty());
}

}  // namespace
}  // namespace violet
