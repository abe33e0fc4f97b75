// The process's one table of who wants which signal, and what was caught for whom.
//
// A signal may come in any thread, in the middle of anything. The handler therefore only notes it
// for every loop that wants it and wakes these loops; each loop later hands out what was noted for
// it, in its own thread. The table is guarded by a spin lock that is only ever taken with all
// signals blocked, so the handler can take it too: its holder is another thread, which goes on.
#pragma once

#include <cstdint>

#include "base/list.h"
#include "os/signal_actions.h"

namespace violet {

struct Loop;

// Signals in the order they came; what comes after the list is full is counted by number.
struct CaughtSignals {
  static constexpr std::uint32_t kCapacity = 256;

  std::uint64_t first;  // how many signals came before the first one here
  std::uint32_t count;
  bool overflowed;
  unsigned char numbers[kCapacity];
  std::uint32_t uncounted[kSignalLimit];  // by number: those that came after `numbers` was full
};

// One loop's entry in the table. The dispatcher owns every member.
struct SignalSubscriber {
  Loop* loop;
  ListNode wanting[kSignalLimit];       // linked while the loop wants the signal
  std::uint32_t handles[kSignalLimit];  // the loop's handles that want it
  CaughtSignals caught;
};

// Called once per process, before the first subscription. 0 or UV_ENOMEM.
int start_signal_dispatcher();

// One more handle of this loop wants the signal. `once`: it will stop after the first one; while
// all handles of the process are like that, the action from before the first handle is back when
// the signal comes; else it is back with the end of the last handle. `position`: how many signals
// the loop has caught before. 0 or UV_EINVAL.
int subscribe(SignalSubscriber& subscriber, int number, bool once, std::uint64_t& position);
void unsubscribe(SignalSubscriber& subscriber, int number, bool once);

// The system reaps the children of a process that ignores their signal, as some parents hand it
// down to their programs; nobody would then learn how a child ended. From now on it is not ignored,
// nor will be with the end of a handle. 0 or UV_ENOMEM.
int keep_children_for_reaping();

// Moves what was caught for the loop to `caught`.
void take_caught(SignalSubscriber& subscriber, CaughtSignals& caught);

}  // namespace violet
