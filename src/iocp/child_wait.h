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

  // Whether the report of the child's end may be put off once more, until pipes are read. The
  // number of times is limited, since a pipe may never be read to its end.
  bool put_off() {
    constexpr std::uint8_t kMost = 16;
    return times_put_off < kMost && ++times_put_off > 0;
  }
};

// Null and an error when the system refuses it.
ChildWait* start_child_wait(ChannelRecord& record, HANDLE process, Port& port, int& error);
// Ends a wait that nobody needs any more. True when its packet is on its way already: then the wait
// is freed when the packet comes. Else it is freed now.
bool end_child_wait(ChildWait& wait);

}  // namespace violet
