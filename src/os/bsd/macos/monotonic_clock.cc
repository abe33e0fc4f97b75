#include <ctime>

#include "os/clock.h"

namespace violet {

// CLOCK_MONOTONIC counts microseconds here. This one is as fine as the processor's, and like it and
// kevent(2) stands still while the machine sleeps.
std::uint64_t monotonic_ns() {
  return clock_gettime_nsec_np(CLOCK_UPTIME_RAW);
}

}  // namespace violet
