// What an engine hands to the loop: a list of objects whose time has come.
#pragma once

#include "base/list.h"

namespace violet {

struct Loop;

// A member of everything that can become ready. `run` is called by the loop, never by an engine,
// after the item was unlinked; so it may destroy, close or link anything, itself included.
struct ReadyItem {
  ListNode link;
  void (*run)(ReadyItem& item, Loop& loop);
};

// First in, first out. Removing an item (because its owner stopped or closed) is O(1), so nothing
// ever scans a batch for entries that went stale.
class ReadyList {
 public:
  ReadyList() { items_.reset(); }

  bool empty() const { return items_.empty(); }

  void push_back(ReadyItem& item) { items_.push_back(item.link); }

  // Linking twice keeps the first place.
  void push_back_once(ReadyItem& item) {
    if (!item.link.linked()) items_.push_back(item.link);
  }

  // Null when empty. `link` is the first member, so the node's address is the item's.
  ReadyItem* pop_front() { return reinterpret_cast<ReadyItem*>(items_.pop_front()); }

  void move_all_to(ReadyList& target) { items_.move_all_to(target.items_); }

 private:
  List items_;
};

}  // namespace violet
