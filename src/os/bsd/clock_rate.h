// How fast the statistics clock of a BSD ticks, which counts the processors' time.
#pragma once

#include <sys/time.h>

#include <cstdint>

#include "os/bsd/system_value.h"

namespace violet {

// Per second; 0 when unknown.
inline std::uint64_t clock_rate() {
  struct clockinfo clock;
  if (!system_value({CTL_KERN, KERN_CLOCKRATE}, clock)) return 0;
  const int rate = clock.stathz != 0 ? clock.stathz : clock.hz;
  return rate > 0 ? static_cast<std::uint64_t>(rate) : 0;
}

}  // namespace violet
