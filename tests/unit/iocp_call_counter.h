// Counts the calls by which the IOCP engine waits and cancels.
#pragma once

#include <windows.h>

#include "detour.h"

extern "C" {
extern decltype(&CancelIoEx) __imp_CancelIoEx;
extern decltype(&GetQueuedCompletionStatusEx) __imp_GetQueuedCompletionStatusEx;
}

namespace test_support {

// Counts while it lives; one at a time.
class IocpCallCounter {
 public:
  IocpCallCounter() { current_ = this; }

  void start_over() { cancels = waits = packets = 0; }

  int cancels = 0;
  int waits = 0;
  int packets = 0;

 private:
  static BOOL WINAPI count_cancel(HANDLE handle, OVERLAPPED* overlapped) {
    ++current_->cancels;
    return current_->cancel_.original(handle, overlapped);
  }
  static BOOL WINAPI count_wait(HANDLE port, OVERLAPPED_ENTRY* entries, ULONG most, ULONG* taken,
                                DWORD timeout, BOOL alertable) {
    ++current_->waits;
    const BOOL result = current_->wait_.original(port, entries, most, taken, timeout, alertable);
    if (result) current_->packets += static_cast<int>(*taken);
    return result;
  }

  inline static IocpCallCounter* current_ = nullptr;
  Detour<decltype(&CancelIoEx)> cancel_{__imp_CancelIoEx, count_cancel};
  Detour<decltype(&GetQueuedCompletionStatusEx)> wait_{__imp_GetQueuedCompletionStatusEx,
                                                       count_wait};
};

}  // namespace test_support
