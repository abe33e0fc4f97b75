// A lock-free queue that any thread puts nodes into and one thread (the loop's) empties in one go.
#pragma once

#include <atomic>
#include <cstdint>

namespace violet {

struct InboxNode {
  InboxNode* next;
};

class Inbox {
 public:
  // From any thread. The node must not be in the inbox already.
  void put(InboxNode& node) {
    InboxNode* head = newest_.load(std::memory_order_relaxed);
    do {
      node.next = head;
    } while (!newest_.compare_exchange_weak(head, &node, std::memory_order_seq_cst,
                                            std::memory_order_relaxed));
  }

  // Sequentially consistent on purpose: the loop says "I may sleep", then looks here; a sender puts
  // a node here, then looks whether the loop may sleep. One of the two must see the other.
  bool empty() const { return newest_.load(std::memory_order_seq_cst) == nullptr; }

  // All nodes, as a null-terminated chain.
  InboxNode* take_newest_first() {
    if (newest_.load(std::memory_order_relaxed) == nullptr) return nullptr;
    return newest_.exchange(nullptr, std::memory_order_acquire);
  }

  InboxNode* take_all() {
    InboxNode* node = take_newest_first();
    InboxNode* oldest_first = nullptr;
    while (node != nullptr) {
      InboxNode* next = node->next;
      node->next = oldest_first;
      oldest_first = node;
      node = next;
    }
    return oldest_first;
  }

 private:
  std::atomic<InboxNode*> newest_{nullptr};
};

// A single-threaded first-in-first-out chain of the same nodes.
class Fifo {
 public:
  bool empty() const { return first_ == nullptr; }

  // Appends a null-terminated chain, and says how long it is.
  std::uint32_t append(InboxNode* chain) {
    if (chain == nullptr) return 0;
    (last_ == nullptr ? first_ : last_->next) = chain;
    std::uint32_t count = 1;
    for (; chain->next != nullptr; ++count)
      chain = chain->next;
    last_ = chain;
    return count;
  }

  InboxNode* pop_front() {
    InboxNode* node = first_;
    if (node == nullptr) return nullptr;
    first_ = node->next;
    if (first_ == nullptr) last_ = nullptr;
    return node;
  }

 private:
  InboxNode* first_ = nullptr;
  InboxNode* last_ = nullptr;
};

}  // namespace violet
