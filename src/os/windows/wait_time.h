// Time limits as the waiting functions of Windows take them.
#pragma once

#include <windows.h>

#include <cstdint>

namespace violet {

// Rounded up, so that a wait never ends early; never INFINITE.
inline DWORD wait_milliseconds(std::uint64_t nanoseconds) {
  constexpr std::uint64_t kNanosecondsPerMillisecond = 1'000'000;
  std::uint64_t whole = nanoseconds / kNanosecondsPerMillisecond;
  if (nanoseconds % kNanosecondsPerMillisecond != 0) ++whole;
  return whole >= INFINITE ? INFINITE - 1 : static_cast<DWORD>(whole);
}

}  // namespace violet
