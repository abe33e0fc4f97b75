// How many handles this process has.
#pragma once

#include <winsock2.h>

#include <windows.h>

#include <cstdint>

namespace test_support {

// Looked at one by one, since Wine says 0 to GetProcessHandleCount() (tests/wine/handle_count.c).
// What opens few handles has low numbers.
inline int count_open_handles() {
  constexpr std::uintptr_t kLast = 0x4000;
  constexpr std::uintptr_t kStep = 4;
  int count = 0;
  for (std::uintptr_t number = kStep; number <= kLast; number += kStep) {
    DWORD flags = 0;
    const HANDLE handle = reinterpret_cast<HANDLE>(number);  // NOLINT: a number is what it is
    if (GetHandleInformation(handle, &flags)) ++count;
  }
  return count;
}

}  // namespace test_support
