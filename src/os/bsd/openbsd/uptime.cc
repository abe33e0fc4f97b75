#include <ctime>

#include "base/error.h"
#include "os/cpu.h"

namespace violet {

int uptime(double* seconds) {
  timespec since_boot;
  if (clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0) return last_error();
  *seconds = static_cast<double>(since_boot.tv_sec) + static_cast<double>(since_boot.tv_nsec) / 1e9;
  return 0;
}

}  // namespace violet
