#include "os/posix/timed_condition.h"

#include <ctime>

#include "os/clock.h"

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

// The point in time `nanoseconds` from now, clamped to what the clock counts to.
timespec deadline_after(std::uint64_t nanoseconds) {
  std::uint64_t now = monotonic_ns();
  std::uint64_t deadline = nanoseconds > UINT64_MAX - now ? UINT64_MAX : now + nanoseconds;
  return {static_cast<std::time_t>(deadline / kNanosecondsPerSecond),
          static_cast<long>(deadline % kNanosecondsPerSecond)};
}

}  // namespace

int initialize_timed_condition(pthread_cond_t* condition) {
  pthread_condattr_t attributes;
  int error = pthread_condattr_init(&attributes);
  if (error != 0) return error;
  error = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  if (error == 0) error = pthread_cond_init(condition, &attributes);
  pthread_condattr_destroy(&attributes);
  return error;
}

int wait_for_time(pthread_cond_t* condition, pthread_mutex_t* mutex, std::uint64_t nanoseconds) {
  const timespec deadline = deadline_after(nanoseconds);
  return pthread_cond_timedwait(condition, mutex, &deadline);
}

}  // namespace violet
