// What the engine keeps for a channel.
#pragma once

#include <cstdint>

#include "base/list.h"
#include "engine.h"
#include "iocp/afd_poll.h"
#include "iocp/pipe_turns.h"
#include "iocp/receiver.h"

namespace violet {

struct AcceptQueue;
struct ChildWait;
struct ConsoleInput;
class FrameReader;
struct PipeOperation;
struct WaitingCall;
struct FolderWatch;

// How a channel is served. A handle reports to one port for ever, which may be somebody else's
// already: so what others may use, too, is only ever polled.
enum class Way : std::uint8_t {
  kUndecided,
  kReadiness,  // polled, read and written by calls that do not wait
  kAhead,      // it reports to our port: received and accepted ahead, written by the kernel
  kThreads,    // a pipe on which calls wait, or that reports to another port: the same by threads
};

// In memory that stays where it is until the last packet of the channel has come.
struct ChannelRecord {
  AfdPoll poll;
  Receiver receiver;
  Channel* channel;       // null: forgotten, and only packets are waited for
  AcceptQueue* accepts;   // null: not accepted ahead
  ChildWait* child;       // null: no process
  ConsoleInput* console;  // null: no console, or nobody has read from it
  FolderWatch* folder;    // null: no watched folder
  Op* parked;             // waits for room to write, or for its connection
  WaitingCall* reading;   // the thread's that reads from a pipe
  PipeOperation* behind;  // of a pipe: bytes that were taken from us and are not written yet
  PipeOperation* ending;  // of a pipe that was shut down, until the other side was told
  FrameReader* frames;    // of an IPC pipe that is read
  PipeTurn turn;          // of a pipe that takes turns
  Port* port;             // of a pipe
  DWORD peer;             // the process that has the other end of a pipe, if it was told
  std::uint32_t ends;     // a listener's, to be supplied ahead; 0: the usual number
  ChannelRecord* next_in_bucket;
  ListNode deliverable;  // linked while there is something to take
  SOCKET socket;
  SOCKET base;              // as the driver knows it; INVALID_SOCKET until it is polled
  std::uint32_t slot;       // in the table
  std::uint32_t in_kernel;  // operations whose packet has not come
  Way way;
  bool skips_packets;  // what is over at once brings none
  bool is_serial;      // of a pipe: the system makes one call on it at a time
  bool takes_turns;    // one that is or was read
  bool claims;         // it is the one that watches its descriptor

  bool receives_ahead() const { return way == Way::kAhead || way == Way::kThreads; }
  bool accepts_ahead() const { return way == Way::kAhead && accepts != nullptr; }
  HANDLE handle() const { return reinterpret_cast<HANDLE>(socket); }
};

}  // namespace violet
