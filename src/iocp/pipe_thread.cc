#include "iocp/pipe_thread.h"

#include "iocp/pipe_status.h"

#include "base/allocator.h"
#include "os/windows/windows_error.h"
#include "uv.h"

// Needs the types of <windows.h>.
#include <winternl.h>

namespace violet {
namespace {

constexpr LONG kCancelledStatus = static_cast<LONG>(0xc0000120);

class Hold {
 public:
  explicit Hold(WaitingCall& call) : lock_(&call.lock) { AcquireSRWLockExclusive(lock_); }
  ~Hold() { ReleaseSRWLockExclusive(lock_); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  SRWLOCK* lock_;
};

// With the lowest bit set in its event a call reports to no port.
HANDLE event_without_port(const WaitingCall& call) {
  return reinterpret_cast<HANDLE>(reinterpret_cast<std::uintptr_t>(call.event.get()) | 1);
}

bool start(WaitingCall& call, WaitingCallKind kind) {
  call.overlapped = {};
  call.overlapped.hEvent = event_without_port(call);
  const WantedCall& wanted = call.wanted;
  if (kind == WaitingCallKind::kRead) {
    return ReadFile(call.pipe.get(), wanted.bytes, wanted.size, nullptr, &call.overlapped) != 0;
  }
  return WriteFile(call.pipe.get(), wanted.bytes, wanted.size, nullptr, &call.overlapped) != 0;
}

// How many bytes; `status` is the call's.
DWORD read_or_write(WaitingCall& call, WaitingCallKind kind, LONG& status) {
  DWORD size = 0;
  if (!start(call, kind)) {
    const DWORD error = GetLastError();
    if (error != ERROR_IO_PENDING) {
      status = status_of_error(error);
      return 0;
    }
    WaitForSingleObject(call.event.get(), INFINITE);
  }
  status = static_cast<LONG>(call.overlapped.Internal);
  size = static_cast<DWORD>(call.overlapped.InternalHigh);
  return size;
}

DWORD make_call(WaitingCall& call, LONG& status) {
  if (call.wanted.kind != WaitingCallKind::kEnd)
    return read_or_write(call, call.wanted.kind, status);
  // A write of nothing behind bytes that nobody has read could be read together with them.
  if (!FlushFileBuffers(call.pipe.get())) {
    status = status_of_error(GetLastError());
    return 0;
  }
  return read_or_write(call, WaitingCallKind::kWrite, status);
}

// False for a call that was cancelled before.
bool enter(WaitingCall& call) {
  const Hold hold(call);
  call.stage = WaitingCall::Stage::kRunning;
  return !call.is_cancelled;
}

void leave(WaitingCall& call) {
  const Hold hold(call);
  call.pipe.close();
  call.stage = WaitingCall::Stage::kOver;
}

DWORD WINAPI run(void* argument) {
  WaitingCall& call = *static_cast<WaitingCall*>(argument);
  const HANDLE self = GetCurrentProcess();
  DuplicateHandle(self, GetCurrentThread(), self, call.thread.to_fill(), THREAD_TERMINATE, FALSE,
                  0);
  LONG status = kCancelledStatus;
  DWORD size = 0;
  if (enter(call)) size = make_call(call, status);
  Operation* operation = call.wanted.operation;
  Port* port = call.port;
  operation->overlapped.Internal = static_cast<ULONG_PTR>(status);
  leave(call);
  // The loop frees the call when the packet has come.
  port->post(operation, size);
  return 0;
}

bool prepare(WaitingCall& call, HANDLE pipe) {
  const HANDLE self = GetCurrentProcess();
  call.event = OwnedHandle(CreateEventW(nullptr, TRUE, FALSE, nullptr));
  return call.event.is_open() && DuplicateHandle(self, pipe, self, call.pipe.to_fill(), 0, FALSE,
                                                 DUPLICATE_SAME_ACCESS) != 0;
}

}  // namespace

WaitingCall* start_waiting_call(const WantedCall& wanted, HANDLE pipe, Port& port, int& error) {
  WaitingCall* call = create<WaitingCall>();
  error = call == nullptr ? UV_ENOMEM : 0;
  if (call == nullptr) return nullptr;
  call->wanted = wanted;
  call->port = &port;
  call->stage = WaitingCall::Stage::kQueued;
  InitializeSRWLock(&call->lock);
  if (prepare(*call, pipe) && QueueUserWorkItem(run, call, WT_EXECUTELONGFUNCTION)) return call;
  error = last_windows_error();
  destroy(call);
  return nullptr;
}

void await_waiting_call(WaitingCall& call) {
  for (;;) {
    {
      const Hold hold(call);
      if (call.stage == WaitingCall::Stage::kOver) return;
    }
    Sleep(1);
  }
}

// The call may be about to begin, where nothing can be cancelled yet: a moment later it can. When
// it is over its copy of the handle is closed, and the other side hears of it.
void cancel_waiting_call(WaitingCall& call) {
  constexpr int kMostTries = 1000;
  for (int tries = 0; tries < kMostTries; ++tries) {
    {
      const Hold hold(call);
      call.is_cancelled = true;
      if (call.stage != WaitingCall::Stage::kRunning) return;
      CancelSynchronousIo(call.thread.get());
      CancelIoEx(call.pipe.get(), nullptr);
    }
    Sleep(tries < kMostTries / 2 ? 0 : 1);
  }
}

}  // namespace violet
