// An operation of the kernel, as its packet names it when it is over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "os/windows/winsock.h"

namespace violet {

enum class OperationKind : std::uint8_t {
  kWake,     // of nothing: it ends a wait
  kPoll,     // of a channel's readiness
  kReceive,  // of a channel's bytes or datagrams
  kAccept,   // of a listener
  kOp,       // an op
  kPipe,     // an op of a pipe, or what was taken from one
  kChild,    // a process has ended
  kConsole,  // something was typed
  kFolder,   // of the changes in a folder
};

// Lies in memory of the engine that stays allocated at least until the operation's packet has come.
// Cancelling an operation only makes its packet come sooner.
struct Operation {
  OVERLAPPED overlapped;
  OperationKind kind;

  // The NTSTATUS of an operation that is over.
  LONG status() const { return static_cast<LONG>(overlapped.Internal); }
  void prepare(OperationKind of_kind) {
    overlapped = {};
    kind = of_kind;
  }
};

// The port gives back the address of `overlapped`.
static_assert(std::is_standard_layout_v<Operation> && offsetof(Operation, overlapped) == 0);

}  // namespace violet
