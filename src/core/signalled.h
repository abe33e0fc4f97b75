// The asyncs that were sent to, in the order in which they were initialised.
//
// Programs count on that order: it is the one in which their messages are handled, whoever sent
// first. The cost follows from how many were sent to, not from how many there are.
#pragma once

#include <cassert>
#include <cstdint>

#include "core/inbox.h"

namespace violet {

// An async as the loop sees it. Other threads touch `node` only, before they have put it.
struct SignalledItem {
  InboxNode node;                // in the inbox; in the heap `node.next` is the next sibling
  SignalledItem* child;          // in the heap: the first one
  std::uint64_t order : 62;      // of the initialisations in this loop, from 1 on
  std::uint64_t is_taken : 1;    // from the inbox, and not handed out yet
  std::uint64_t is_dropped : 1;  // is not to be handed out any more
};

// Any thread puts items into an inbox; the loop moves them to a pairing heap, which lives in the
// items. A round hands out those that wait, in order. What is put meanwhile belongs to the same
// round if its turn is still to come, so that nothing has more than one turn in a round.
class SignalledQueue {
 public:
  // Gives a new item its place among the others.
  void number(SignalledItem& item);

  // Any thread; the item must not be in the queue already.
  void put(SignalledItem& item) { inbox_.put(item.node); }

  // The rest belongs to the loop's thread.
  bool empty() const { return root_ == nullptr && later_ == nullptr && inbox_.empty(); }

  // Takes what was put, and says how much that is.
  std::uint32_t receive();

  void begin_round();
  // Null at the end of the round.
  SignalledItem* next_in_round();

  // An item that was taken is not handed out. It stays linked until its turn, or until sweep(),
  // which is linear: one call lets go of all such items.
  void drop(SignalledItem& item) {
    assert(item.is_taken != 0 && item.is_dropped == 0);
    item.is_dropped = 1;
  }
  void sweep();

 private:
  void insert(SignalledItem& item);
  SignalledItem* pop();

  Inbox inbox_;
  SignalledItem* root_ = nullptr;   // of the heap: what has its turn in this round
  SignalledItem* later_ = nullptr;  // chained by `node.next`: what is for the next one
  std::uint64_t last_order_ = 0;
  std::uint64_t passed_ = 0;     // the order up to which the round has come
  std::uint64_t round_end_ = 0;  // the last order that takes part in it; 0 outside of a round
};

}  // namespace violet
