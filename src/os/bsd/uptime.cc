#include <ctime>

#include "base/error.h"
#include "os/cpu.h"

namespace violet {

// The monotonic clock started with the system. These systems tell of no clock that went on while
// they slept: their boot time is moved when they wake.
int uptime(double* seconds) {
  timespec since_boot;
  if (clock_gettime(CLOCK_MONOTONIC, &since_boot) != 0) return last_error();
  *seconds = static_cast<double>(since_boot.tv_sec) + static_cast<double>(since_boot.tv_nsec) / 1e9;
  return 0;
}

}  // namespace violet
