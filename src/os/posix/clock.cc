#include "os/clock.h"

#include <cerrno>
#include <cstdlib>
#include <ctime>

namespace violet {

WallTime wall_time() {
  timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) std::abort();
  return {now.tv_sec, static_cast<std::int32_t>(now.tv_nsec)};
}

void sleep_ms(unsigned milliseconds) {
  timespec rest = {static_cast<time_t>(milliseconds / 1000),
                   static_cast<long>(milliseconds % 1000) * 1'000'000};
  while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
  }
}

}  // namespace violet
