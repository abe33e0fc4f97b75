#include <sys/time.h>

#include "base/error.h"
#include "os/bsd/system_value.h"
#include "os/clock.h"
#include "os/cpu.h"

namespace violet {

int uptime(double* seconds) {
  timeval boot;
  if (!system_value({CTL_KERN, KERN_BOOTTIME}, boot)) return last_error();
  const WallTime now = wall_time();
  *seconds = static_cast<double>(now.seconds - boot.tv_sec) +
             static_cast<double>(now.nanoseconds) / 1e9 - static_cast<double>(boot.tv_usec) / 1e6;
  return 0;
}

}  // namespace violet
