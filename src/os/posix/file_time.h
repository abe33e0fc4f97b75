// Times of files as the public interface has them, in seconds, and as the system has them.
#pragma once

#include <sys/stat.h>
#include <time.h>

#include <cmath>

namespace violet {

// Infinity means now, not-a-number means unchanged. False when no timespec can hold the time.
inline bool to_timespec(double seconds, timespec& time) {
  time = {};
  if (std::isnan(seconds)) {
    time.tv_nsec = UTIME_OMIT;
    return true;
  }
  if (std::isinf(seconds)) {
    time.tv_nsec = UTIME_NOW;
    return true;
  }
  constexpr double kLimit = 9e18;
  if (seconds < -kLimit || seconds > kLimit) return false;
  // Nanoseconds count forwards also before 1970. No functions of libm: the library needs libc only.
  time.tv_sec = static_cast<time_t>(seconds);
  if (static_cast<double>(time.tv_sec) > seconds) --time.tv_sec;
  constexpr long kNanosecondsPerSecond = 1000000000;
  double fraction = seconds - static_cast<double>(time.tv_sec);
  // Half a nanosecond up before cutting off, which rounds: the fraction is not negative.
  fraction += 0.5e-9;
  time.tv_nsec = static_cast<long>(fraction * 1e9);
  if (time.tv_nsec >= kNanosecondsPerSecond) {
    time.tv_nsec -= kNanosecondsPerSecond;
    ++time.tv_sec;
  }
  return true;
}

}  // namespace violet
