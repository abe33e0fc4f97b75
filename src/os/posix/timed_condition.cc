#include "os/posix/timed_condition.h"

#include <algorithm>
#include <ctime>

#include "os/clock.h"

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

// As good as for ever, and nothing that a kernel adds to it overflows.
constexpr std::uint64_t kLongest = (std::uint64_t{1} << 30) * kNanosecondsPerSecond;

timespec deadline_after(std::uint64_t nanoseconds) {
  const std::uint64_t deadline = monotonic_ns() + std::min(nanoseconds, kLongest);
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
