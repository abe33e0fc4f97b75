// Calls that wait, for pipes on which nothing else is possible: handles that were opened for calls
// that wait (an inherited standard input, for one), and those that report to a port of somebody
// else's. A thread of the system's makes the call and posts the packet that the kernel would have.
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
  // Held by whoever moves to another stage or cancels, so that nobody cancels what the thread does
  // after this call.
  SRWLOCK lock;
  CONDITION_VARIABLE has_ended;
  // A copy, while it is not over: the channel's may be closed, and its number used again.
  OwnedHandle pipe;
  PipeInUse use;       // of the channel's, until it is over
  OwnedHandle thread;  // that makes the call
  OwnedHandle event;
  OVERLAPPED overlapped;
  Stage stage;
  bool is_cancelled;
};

// On a copy of the handle. Null and an error when the system refuses it; else the packet will come
// and the call is to be freed then: destroy().
WaitingCall* start_waiting_call(const WantedCall& wanted, HANDLE pipe, Port& port, int& error);
// A write into a pipe with room is over in no time once its thread runs, and what was accepted for
// writing is not to be lost to a close right behind it.
inline constexpr DWORD kMomentForWrites = 50;

// Waits for so many milliseconds at most. Whether the call is over: its operation has the outcome
// then. Its packet comes all the same.
bool await_waiting_call(WaitingCall& call, DWORD milliseconds);
// The same of a call that is to end; a write gets a moment before. It is over when this returns, or
// never begins, unless the system does not do as it is told.
bool cancel_waiting_call(WaitingCall& call);
// The same at once, but it gives up soon. When it is true other calls on the same file may be made:
// this one is not under way, nor will it be.
bool interrupt_waiting_call(WaitingCall& call);

}  // namespace violet
