#include "iocp/port.h"

#include <cstdlib>

#include "os/windows/windows_error.h"

namespace violet {

bool Port::open() {
  // Two threads may take packets at a time. Normally only the loop's does, but the thread of an
  // embedder may have taken one to look at it, and must not keep the loop's thread out until it
  // sleeps again.
  handle_ = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 2);
  return handle_ != nullptr;
}

void Port::close() {
  if (handle_ != nullptr) CloseHandle(handle_);
  handle_ = nullptr;
}

int Port::associate(HANDLE handle, bool wants_skipping, bool& skips_packets) {
  if (CreateIoCompletionPort(handle, handle_, 0, 0) == nullptr) return last_windows_error();
  skips_packets = wants_skipping && skip_packets(handle);
  return 0;
}

bool Port::skip_packets(HANDLE handle) {
  constexpr UCHAR kModes = FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE;
  return SetFileCompletionNotificationModes(handle, kModes) != 0;
}

void Port::post(Operation& operation, DWORD size) {
  while (!PostQueuedCompletionStatus(handle_, size, 0, &operation.overlapped)) {
    if (GetLastError() == ERROR_INVALID_HANDLE) std::abort();
    Sleep(1);
  }
}

unsigned long Port::take(OVERLAPPED_ENTRY* packets, unsigned long most, unsigned long timeout_ms) {
  ULONG count = 0;
  if (GetQueuedCompletionStatusEx(handle_, packets, most, &count, timeout_ms, FALSE)) return count;
  // The port is ours and valid, so nothing but a timeout can happen.
  if (GetLastError() != WAIT_TIMEOUT) std::abort();
  return 0;
}

}  // namespace violet
