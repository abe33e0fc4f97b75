// The end of a child process: a thread of the system waits for it and posts a packet.
#pragma once

#include <atomic>
#include <cstdint>

#include "iocp/operation.h"
#include "iocp/port.h"

namespace violet {

struct ChannelRecord;

struct ChildWait {
  Operation operation;
  ChannelRecord* record;  // null: forgotten, and the packet finds nobody
  Port* port;
  HANDLE registration;
  std::atomic<bool> has_posted;  // written by the system's thread
  bool has_ended;
  std::uint8_t times_put_off;

  // True while its end may be told later. Pipes that never have been read to the end must not keep
  // it back for ever.
  bool put_off() {
    constexpr std::uint8_t kMost = 16;
    return times_put_off < kMost && ++times_put_off > 0;
  }
};

// Null and an error when the system refuses it. The packet that will come counts as an operation.
ChildWait* start_child_wait(ChannelRecord& record, HANDLE process, Port& port, int& error);
// Of one that nobody waits for any more. True when its packet is on its way: then it is freed when
// that comes; else it is gone now.
bool end_child_wait(ChildWait& wait);

}  // namespace violet
