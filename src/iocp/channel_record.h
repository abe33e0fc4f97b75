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

// How a channel is served. A handle of Windows can be associated with one completion port only, for
// ever. A socket that others use, too, may belong to another port already, so it is only polled.
enum class Way : std::uint8_t {
  kUndecided,
  kReadiness,  // polled, read and written by calls that do not wait
  kAhead,      // it reports to our port: received and accepted ahead, written by the kernel
  kThreads,    // a pipe on which calls wait, or that reports to another port: the same by threads
};

// What the engine keeps for a channel. The record stays at its address until the last packet of its
// operations has come.
struct ChannelRecord {
  AfdPoll poll;
  Receiver receiver;
  Channel* channel;       // null: the channel is forgotten, and the record only waits for packets
  AcceptQueue* accepts;   // null: not accepted ahead
  ChildWait* child;       // null: no process
  ConsoleInput* console;  // null: no console, or nobody has read from it
  FolderWatch* folder;    // null: no watched folder
  Op* parked;             // waits for room to write, or for its connection
  WaitingCall* reading;   // a read of a pipe that a thread makes
  PipeOperation* behind;  // of a pipe: a write whose bytes write_now() took and that is under way
  PipeOperation* ending;  // of a pipe that is shut down: tells the other side of the end
  FrameReader* frames;    // of an IPC pipe that is read
  PipeTurn turn;          // of a pipe that takes turns
  Port* port;             // of a pipe
  DWORD peer;             // the process that has the other end of a pipe, if it was told
  std::uint32_t ends;     // a listener's, to be supplied ahead; 0: the usual number
  ChannelRecord* next_in_bucket;
  ListNode deliverable;  // linked while there is something to take
  SOCKET socket;
  SOCKET base;              // what the AFD driver calls it; INVALID_SOCKET until it is polled
  std::uint32_t slot;       // in the table
  std::uint32_t in_kernel;  // operations whose packet has not come
  Way way;
  bool skips_packets;  // an operation that is over at once posts no packet
  bool is_serial;      // of a pipe: the system makes one call on it at a time
  bool takes_turns;    // is_serial, and it is or was read
  bool claims;         // it is the channel that watches its descriptor

  bool receives_ahead() const { return way == Way::kAhead || way == Way::kThreads; }
  bool accepts_ahead() const { return way == Way::kAhead && accepts != nullptr; }
  HANDLE handle() const { return reinterpret_cast<HANDLE>(socket); }
};

}  // namespace violet
