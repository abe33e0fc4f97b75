// Times of files: units of 100 ns since 1601-01-01 for the system.
#pragma once

#include <windows.h>

#include <cmath>
#include <cstdint>

#include "os/file_status.h"
#include "uv.h"

namespace violet {

inline constexpr std::int64_t kTicksPerSecond = 10'000'000;
inline constexpr std::int64_t kTicksBefore1970 = 11'644'473'600 * kTicksPerSecond;

inline uv_timespec_t timespec_of(const LARGE_INTEGER& time) {
  const std::int64_t ticks = time.QuadPart - kTicksBefore1970;
  // Rounded down also before 1970.
  std::int64_t seconds = ticks / kTicksPerSecond;
  std::int64_t rest = ticks % kTicksPerSecond;
  if (rest < 0) {
    rest += kTicksPerSecond;
    --seconds;
  }
  return {static_cast<long>(seconds), static_cast<long>(rest * 100)};
}

// False for what cannot be a time. A time of 0 leaves a file's as it is.
inline bool to_system_time(double seconds, LARGE_INTEGER& time) {
  if (std::isnan(seconds)) {  // UV_FS_UTIME_OMIT
    time.QuadPart = 0;
    return true;
  }
  if (seconds == UV_FS_UTIME_NOW) {
    FILETIME now;
    GetSystemTimePreciseAsFileTime(&now);
    time.LowPart = now.dwLowDateTime;
    time.HighPart = static_cast<LONG>(now.dwHighDateTime);
    return true;
  }
  constexpr double kFirst = -11'644'473'600.0;
  constexpr double kLast = 900'000'000'000.0;
  if (!(seconds > kFirst && seconds < kLast)) return false;
  const double whole = std::floor(seconds);
  time.QuadPart =
      static_cast<std::int64_t>(whole) * kTicksPerSecond +
      static_cast<std::int64_t>((seconds - whole) * static_cast<double>(kTicksPerSecond)) +
      kTicksBefore1970;
  return true;
}

}  // namespace violet
