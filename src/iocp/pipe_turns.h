// Pipes of which the system makes one call at a time, and that are both read and written: a read
// that waits would keep a write waiting. So their writes take what there is room for and never
// wait, between two reads; where there is no room they are tried again after a pause.
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

// Those that pause.
class PipeTurns {
 public:
  PipeTurns() { pausing_.reset(); }

  // The next pause is short again: something was written.
  static void shorten(ChannelRecord& record);
  // Before the next try. Each pause in a row is longer than the one before.
  void pause(ChannelRecord& record);
  // Harmless for one that does not.
  static void end_pause(ChannelRecord& record);
  bool any() const { return !pausing_.empty(); }
  // How long until the next pause ends.
  std::uint64_t longest_wait_ns() const;
  // Of those that have ended by then; null if none has.
  ChannelRecord* take_due(std::uint64_t now_ns);

 private:
  List pausing_;  // by PipeTurn::link
};

}  // namespace violet
