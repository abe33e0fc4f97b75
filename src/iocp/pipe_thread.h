// Blocking calls, for pipes on which nothing else is possible: those that were opened for
// synchronous calls (an inherited standard input, for example), and those that belong to somebody
// else's port. A thread of the system's pool makes the call and posts the packet that the kernel
// would have posted.
#pragma once

#include <cstdint>

#include "iocp/operation.h"
#include "iocp/port.h"
#include "os/windows/owned_handle.h"
#include "os/windows/pipe_in_use.h"

namespace violet {

enum class WaitingCallKind : std::uint8_t {
  kRead,
  kWrite,
  kEnd,  // waits until the other side has read all, then writes the end
};

struct WantedCall {
  WaitingCallKind kind;
  Operation* operation;  // whose packet it posts, with the call's status
  char* bytes;
  DWORD size;
};

struct WaitingCall {
  WantedCall wanted;
  Port* port;
  enum class Stage : std::uint8_t { kQueued, kRunning, kOver };
  // Held while the stage changes and while the call is cancelled, so that nothing is cancelled that
  // the thread does after this call.
  SRWLOCK lock;
  CONDITION_VARIABLE has_ended;
  // A duplicate, until the call is over: the channel's own handle may be closed and its value used
  // again.
  OwnedHandle pipe;
  PipeInUse use;       // of the channel's, until it is over
  OwnedHandle thread;  // that makes the call
  OwnedHandle event;
  OVERLAPPED overlapped;
  Stage stage;
  bool is_cancelled;
};

// Makes the call on a duplicate of `pipe`. Null and an error when the system refuses it. Else a
// packet will come; the call has to be freed then, by destroy().
WaitingCall* start_waiting_call(const WantedCall& wanted, HANDLE pipe, Port& port, int& error);
// How long a close waits for a thread's write: it is over in no time once its thread runs, if there
// is room, and what was accepted for writing must not be lost by a close right behind it.
inline constexpr DWORD kMomentForWrites = 50;

// Waits for so many milliseconds at most. True if the call is over; then its operation has the
// outcome, and its packet still comes.
bool await_waiting_call(WaitingCall& call, DWORD milliseconds);
// Cancels the call, a write only after kMomentForWrites, and waits for its end. True if the call is
// over. Else it never begins, or the system does not end it.
bool cancel_waiting_call(WaitingCall& call);
// Cancels the call at once, but gives up soon. True if it is not under way any more, nor will be,
// so that other calls on the same file can be made.
bool interrupt_waiting_call(WaitingCall& call);

}  // namespace violet
