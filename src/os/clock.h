// The system's clocks.
#pragma once

#include <cstdint>

namespace violet {

// Time since an arbitrary point, never going back. Thread-safe.
std::uint64_t monotonic_ns();

// Since 1970-01-01 UTC.
struct WallTime {
  std::int64_t seconds;
  std::int32_t nanoseconds;
};
WallTime wall_time();

void sleep_ms(unsigned milliseconds);

}  // namespace violet
