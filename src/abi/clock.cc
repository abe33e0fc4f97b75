#include "os/clock.h"

#include "base/enum_value.h"
#include "uv.h"

namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

uint64_t uv_hrtime(void) {
  return violet::monotonic_ns();
}

int uv_clock_gettime(uv_clock_id clock_id, uv_timespec64_t* time) {
  if (time == nullptr) return UV_EFAULT;
  const int clock = violet::value_of(clock_id);
  if (clock == UV_CLOCK_MONOTONIC) {
    std::uint64_t now = violet::monotonic_ns();
    time->tv_sec = static_cast<std::int64_t>(now / kNanosecondsPerSecond);
    time->tv_nsec = static_cast<std::int32_t>(now % kNanosecondsPerSecond);
    return 0;
  }
  if (clock != UV_CLOCK_REALTIME) return UV_EINVAL;
  violet::WallTime now = violet::wall_time();
  time->tv_sec = now.seconds;
  time->tv_nsec = now.nanoseconds;
  return 0;
}

int uv_gettimeofday(uv_timeval64_t* time) {
  if (time == nullptr) return UV_EINVAL;
  violet::WallTime now = violet::wall_time();
  time->tv_sec = now.seconds;
  time->tv_usec = now.nanoseconds / 1000;
  return 0;
}

void uv_sleep(unsigned int milliseconds) {
  violet::sleep_ms(milliseconds);
}
