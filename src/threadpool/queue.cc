#include "threadpool/queue.h"

namespace violet {
namespace {

InboxNode*& forward_link(WorkItem& item) {
  return item.finished.node.next;
}

// `finished.node` stands at the very front, so a node's address is its item's.
WorkItem* item_of(InboxNode* node) {
  return reinterpret_cast<WorkItem*>(node);
}

}  // namespace

void WorkChain::push_back(WorkItem& item) {
  forward_link(item) = nullptr;
  item.previous = last_;
  if (last_ == nullptr) {
    first_ = &item;
  } else {
    forward_link(*last_) = &item.finished.node;
  }
  last_ = &item;
}

void WorkChain::remove(WorkItem& item) {
  WorkItem* next = item_of(forward_link(item));
  if (item.previous == nullptr) {
    first_ = next;
  } else {
    forward_link(*item.previous) = forward_link(item);
  }
  if (next == nullptr) {
    last_ = item.previous;
  } else {
    next->previous = item.previous;
  }
}

void WorkQueue::push(WorkItem& item) {
  item.stage = kWorkQueued;
  item.generation = generation_;
  waiting_.push_back(item);
  set_size(size() + 1);
}

WorkItem* WorkQueue::take(WorkChain& chain) {
  WorkItem* item = chain.first();
  chain.remove(*item);
  item->stage = kWorkTaken;
  assert(size() > 0 && item->generation == generation_);
  set_size(size() - 1);
  count_taken();
  if (item->lane == Lane::kLookup) ++running_lookups_;
  return item;
}

WorkItem* WorkQueue::pop() {
  if (!held_lookups_.empty() && !lookups_are_full()) return take(held_lookups_);
  while (WorkItem* item = waiting_.first()) {
    if (item->lane != Lane::kLookup || !lookups_are_full()) return take(waiting_);
    waiting_.remove(*item);
    item->stage = kWorkHeld;
    held_lookups_.push_back(*item);
  }
  return nullptr;
}

bool WorkQueue::remove(WorkItem& item) {
  if (item.stage != kWorkQueued && item.stage != kWorkHeld) return false;
  if (!is_of_parent(item)) {
    (item.stage == kWorkQueued ? waiting_ : held_lookups_).remove(item);
    set_size(size() - 1);
  }
  item.stage = kWorkTaken;
  return true;
}

}  // namespace violet
