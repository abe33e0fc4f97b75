// What an embedder does in the place of the loop's own wait: it takes a packet out of the loop's
// port and gives it back.
#pragma once

#include <winsock2.h>

#include <windows.h>

#include <uv.h>

namespace test_support {

// Waits for so many milliseconds until there is something for the loop to do. False when the time
// was over before. A packet that names nothing is not given back: it is the embedder's own.
inline bool wait_on_backend(const uv_loop_t& loop, int milliseconds) {
  DWORD size = 0;
  ULONG_PTR key = 0;
  OVERLAPPED* overlapped = nullptr;
  const BOOL found = GetQueuedCompletionStatus(loop.iocp, &size, &key, &overlapped,
                                               static_cast<DWORD>(milliseconds));
  if (overlapped != nullptr) PostQueuedCompletionStatus(loop.iocp, size, key, overlapped);
  return found || overlapped != nullptr;
}

}  // namespace test_support
