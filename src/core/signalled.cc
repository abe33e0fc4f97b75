#include "core/signalled.h"

#include <cassert>
#include <utility>

namespace violet {
namespace {

SignalledItem* item_of(InboxNode* node) {
  return reinterpret_cast<SignalledItem*>(node);
}

SignalledItem* sibling_of(const SignalledItem& item) {
  return item_of(item.node.next);
}

void set_sibling(SignalledItem& item, SignalledItem* sibling) {
  item.node.next = sibling == nullptr ? nullptr : &sibling->node;
}

// Of two roots one stays; the other becomes its first child.
SignalledItem* meld(SignalledItem* a, SignalledItem* b) {
  if (a == nullptr) return b;
  if (b == nullptr) return a;
  if (b->order < a->order) std::swap(a, b);
  set_sibling(*b, a->child);
  a->child = b;
  return a;
}

// Siblings become one heap: pairs from the left, then all pairs from the right.
SignalledItem* meld_siblings(SignalledItem* first) {
  SignalledItem* pairs = nullptr;
  while (first != nullptr) {
    SignalledItem* second = sibling_of(*first);
    SignalledItem* rest = second == nullptr ? nullptr : sibling_of(*second);
    SignalledItem* pair = meld(first, second);
    set_sibling(*pair, pairs);
    pairs = pair;
    first = rest;
  }
  SignalledItem* root = nullptr;
  while (pairs != nullptr) {
    SignalledItem* next = sibling_of(*pairs);
    root = meld(pairs, root);
    pairs = next;
  }
  return root;
}

}  // namespace

void SignalledQueue::number(SignalledItem& item) {
  constexpr std::uint64_t kOrderBits = (std::uint64_t{1} << 62) - 1;
  item.order = ++last_order_ & kOrderBits;
}

void SignalledQueue::insert(SignalledItem& item) {
  assert(item.order != 0 && item.order <= last_order_ && "numbered by this queue");
  item.is_taken = 1;
  const bool has_turn = item.order > passed_ && item.order <= round_end_;
  if (has_turn) {
    item.child = nullptr;
    root_ = meld(&item, root_);
  } else {
    set_sibling(item, later_);
    later_ = &item;
  }
}

// The newest first: where handles were sent to in their order, each then becomes the root, and the
// heap is a list.
std::uint32_t SignalledQueue::receive() {
  std::uint32_t count = 0;
  for (InboxNode* node = inbox_.take_newest_first(); node != nullptr; ++count) {
    InboxNode* next = node->next;
    insert(*item_of(node));
    node = next;
  }
  return count;
}

void SignalledQueue::begin_round() {
  passed_ = 0;
  round_end_ = last_order_;
  SignalledItem* item = std::exchange(later_, nullptr);
  while (item != nullptr) {
    SignalledItem* next = sibling_of(*item);
    insert(*item);
    item = next;
  }
}

SignalledItem* SignalledQueue::pop() {
  SignalledItem* item = root_;
  if (item == nullptr) return nullptr;
  root_ = meld_siblings(item->child);
  item->is_taken = 0;
  return item;
}

SignalledItem* SignalledQueue::next_in_round() {
  receive();
  SignalledItem* item = pop();
  while (item != nullptr && item->is_dropped != 0)
    item = pop();
  if (item == nullptr) {
    round_end_ = 0;
  } else {
    passed_ = item->order;
  }
  return item;
}

// What stays goes through the later ones to its place again.
void SignalledQueue::sweep() {
  SignalledItem* waiting = std::exchange(later_, nullptr);
  while (SignalledItem* item = pop()) {
    set_sibling(*item, waiting);
    waiting = item;
  }
  while (waiting != nullptr) {
    SignalledItem* next = sibling_of(*waiting);
    waiting->is_taken = 0;
    if (waiting->is_dropped == 0) insert(*waiting);
    waiting = next;
  }
}

}  // namespace violet
