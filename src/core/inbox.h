// A lock-free queue that any thread puts nodes into and one thread (the loop's) empties in one go.
#pragma once

#include <atomic>

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

  // All nodes, oldest first, as a null-terminated chain.
  InboxNode* take_all() {
    if (newest_.load(std::memory_order_relaxed) == nullptr) return nullptr;
    InboxNode* node = newest_.exchange(nullptr, std::memory_order_acquire);
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

  // Appends a null-terminated chain.
  void append(InboxNode* chain) {
    if (chain == nullptr) return;
    (last_ == nullptr ? first_ : last_->next) = chain;
    while (chain->next != nullptr)
      chain = chain->next;
    last_ = chain;
  }

  InboxNode* pop_front() {
    InboxNode* node = first_;
    if (node == nullptr) return nullptr;
    first_ = node->next;
    if (first_ == nullptr) last_ = nullptr;
    return node;
  }

  // Linear in what is queued.
  bool contains(const InboxNode& node) const {
    const InboxNode* at = first_;
    while (at != nullptr && at != &node)
      at = at->next;
    return at != nullptr;
  }

  // Linear in what is queued. False if the node is not here.
  bool remove(InboxNode& node) {
    InboxNode* previous = nullptr;
    for (InboxNode* at = first_; at != nullptr; previous = at, at = at->next) {
      if (at != &node) continue;
      (previous == nullptr ? first_ : previous->next) = node.next;
      if (last_ == &node) last_ = previous;
      return true;
    }
    return false;
  }

 private:
  InboxNode* first_ = nullptr;
  InboxNode* last_ = nullptr;
};

}  // namespace violet
