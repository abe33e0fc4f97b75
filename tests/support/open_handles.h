// How many handles a process on Windows has.
#pragma once

#include <winsock2.h>

#include <windows.h>

#include <cstdint>

namespace test_support {

// By asking for each value that a handle could have, since Wine's own count is always 0
// (tests/wine/handle_count.c). Who leaks fills the range, however large a leak is.
inline int count_open_handles() {
  constexpr std::uintptr_t kStep = 4;
  constexpr std::uintptr_t kEnd = 16384 * kStep;
  int count = 0;
  for (std::uintptr_t value = kStep; value < kEnd; value += kStep) {
    DWORD flags = 0;
    const HANDLE handle = reinterpret_cast<HANDLE>(value);  // NOLINT: a number is what it is
    if (GetHandleInformation(handle, &flags)) ++count;
  }
  return count;
}

}  // namespace test_support
