#include <cstdlib>
#include <ctime>

#include "os/clock.h"

namespace violet {

std::uint64_t monotonic_ns() {
  timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) std::abort();
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace violet
