// Calls that wait, for pipes on which nothing else is possible: handles that were opened for calls
// that wait (an inherited standard input, for one), and those that report to a port of somebody
// else's. A thread of the system's makes the call and posts the packet that the kernel would have.
#pragma once

#include <cstdint>

#include "iocp/operation.h"
#include "iocp/port.h"
#include "os/windows/owned_handle.h"

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
  // A copy, while it is not over: the channel's may be closed, and its number used again.
  OwnedHandle pipe;
  OwnedHandle thread;  // that makes the call
  OwnedHandle event;
  OVERLAPPED overlapped;
  Stage stage;
  bool is_cancelled;
};

// On a copy of the handle. Null and an error when the system refuses it; else the packet will come
// and the call is to be freed then: destroy().
WaitingCall* start_waiting_call(const WantedCall& wanted, HANDLE pipe, Port& port, int& error);
// Waits until the call is over; its packet comes all the same.
void await_waiting_call(WaitingCall& call);
// It is over when this returns, unless the system does not do as it is told; its packet comes.
void cancel_waiting_call(WaitingCall& call);

}  // namespace violet
