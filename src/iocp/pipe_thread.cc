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

// If the lowest bit of its event handle is set, a call posts no packet to the port of its file.
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

// Returns how many bytes; `status` is the call's NTSTATUS.
DWORD read_or_write(WaitingCall& call, WaitingCallKind kind, LONG& status) {
  DWORD size = 0;
  if (!start(call, kind)) {
    const DWORD error = GetLastError();
    if (error == ERROR_IO_PENDING) {
      WaitForSingleObject(call.event.get(), INFINITE);
    } else if (error != ERROR_MORE_DATA) {
      status = status_of_error(error);
      return 0;
    }
  }
  status = static_cast<LONG>(call.overlapped.Internal);
  size = static_cast<DWORD>(call.overlapped.InternalHigh);
  return size;
}

DWORD make_call(WaitingCall& call, LONG& status) {
  if (call.wanted.kind != WaitingCallKind::kEnd)
    return read_or_write(call, call.wanted.kind, status);
  // Waits until the other side has read everything: an empty write behind unread bytes could be
  // read together with them, and would not look like the end.
  if (!FlushFileBuffers(call.pipe.get())) {
    status = status_of_error(GetLastError());
    return 0;
  }
  return read_or_write(call, WaitingCallKind::kWrite, status);
}

// False for a call that was cancelled before it began.
bool enter(WaitingCall& call) {
  const Hold hold(call);
  call.stage = WaitingCall::Stage::kRunning;
  return !call.is_cancelled;
}

// Stores the outcome in the operation, where other threads find it from now on.
void leave(WaitingCall& call, LONG status, DWORD size) {
  const Hold hold(call);
  call.pipe.close();
  forget_pipe_in_use(call.use);
  call.wanted.operation->overlapped.Internal = static_cast<ULONG_PTR>(status);
  call.wanted.operation->overlapped.InternalHigh = size;
  call.stage = WaitingCall::Stage::kOver;
  WakeAllConditionVariable(&call.has_ended);
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
  leave(call, status, size);
  // The loop frees the call when the packet has come.
  port->post(*operation, size);
  return 0;
}

// Cancels this call only, since there may be others on the same file. A flush has no OVERLAPPED by
// which it could be named, so it is cancelled as the call that its thread is waiting in.
void cancel_in_kernel(WaitingCall& call) {
  CancelSynchronousIo(call.thread.get());
  if (call.wanted.kind != WaitingCallKind::kEnd) CancelIoEx(call.pipe.get(), &call.overlapped);
}

// Tries several times: a call that is just about to begin cannot be cancelled yet, but a moment
// later it can. When the call is over its copy of the pipe's handle is closed, which the other side
// may notice.
bool end_call(WaitingCall& call, int most_tries) {
  for (int tries = 0; tries < most_tries; ++tries) {
    {
      const Hold hold(call);
      call.is_cancelled = true;
      // A call that has not begun never will; its copy of the handle is closed now.
      if (call.stage == WaitingCall::Stage::kQueued) call.pipe.close();
      if (call.stage != WaitingCall::Stage::kRunning) return true;
      cancel_in_kernel(call);
    }
    Sleep(tries < most_tries / 2 ? 0 : 1);
  }
  return false;
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
  InitializeConditionVariable(&call->has_ended);
  note_pipe_in_use(call->use, pipe);
  if (prepare(*call, pipe) && QueueUserWorkItem(run, call, WT_EXECUTELONGFUNCTION)) return call;
  error = last_windows_error();
  forget_pipe_in_use(call->use);
  destroy(call);
  return nullptr;
}

bool await_waiting_call(WaitingCall& call, DWORD milliseconds) {
  const ULONGLONG started = GetTickCount64();
  const Hold hold(call);
  while (call.stage != WaitingCall::Stage::kOver) {
    const ULONGLONG waited = GetTickCount64() - started;
    if (milliseconds != INFINITE && waited >= milliseconds) return false;
    const DWORD left =
        milliseconds == INFINITE ? INFINITE : milliseconds - static_cast<DWORD>(waited);
    SleepConditionVariableSRW(&call.has_ended, &call.lock, left, 0);
  }
  return true;
}

// If another process makes a call on the same file, ours waits for that one inside the system and
// cannot be cancelled. The caller then tries again later.
bool interrupt_waiting_call(WaitingCall& call) {
  constexpr int kMostTries = 20;
  return end_call(call, kMostTries);
}

bool cancel_waiting_call(WaitingCall& call) {
  const bool is_write = call.wanted.kind == WaitingCallKind::kWrite;
  if (is_write && await_waiting_call(call, kMomentForWrites)) return true;
  constexpr int kMostTries = 1000;
  end_call(call, kMostTries);
  return await_waiting_call(call, 0);
}

}  // namespace violet
