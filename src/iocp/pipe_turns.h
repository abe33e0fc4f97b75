// Pipes on which the system makes one call at a time, and that are both read and written: there a
// read that waits for bytes would hold up every write. So their writes are made between two reads;
// they write what there is room for and never wait, and are tried again after a pause if there is
// none.
#pragma once

#include <cstdint>

#include "base/list.h"
#include "engine.h"

namespace violet {

struct ChannelRecord;

// One pipe's.
struct PipeTurn {
  ListNode link;             // while it pauses
  std::uint64_t ends_at_ns;  // the pause
  std::uint32_t pause_ms;    // the last one
  Op* op;                    // a write that ends, with nothing, when the pause does; or null
  bool owes_end;             // the other side is to be told that no more will come
};

// The pipes that pause.
class PipeTurns {
 public:
  PipeTurns() { pausing_.reset(); }

  // To be called when something was written: the next pause is short again.
  static void shorten(ChannelRecord& record);
  // Begins a pause before the next try. Each pause in a row is longer than the one before.
  void pause(ChannelRecord& record);
  // Does nothing if there is no pause.
  static void end_pause(ChannelRecord& record);
  bool any() const { return !pausing_.empty(); }
  // How long until the next pause ends.
  std::uint64_t longest_wait_ns() const;
  // Takes one whose pause has ended by then; null if there is none.
  ChannelRecord* take_due(std::uint64_t now_ns);

 private:
  List pausing_;  // by PipeTurn::link
};

}  // namespace violet
