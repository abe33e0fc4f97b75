#include "os/posix/timed_condition.h"

#include <algorithm>
#include <ctime>

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;
// As good as for ever, and nothing that a kernel adds to it overflows.
constexpr std::uint64_t kLongest = (std::uint64_t{1} << 30) * kNanosecondsPerSecond;

}  // namespace

int initialize_timed_condition(pthread_cond_t* condition) {
  return pthread_cond_init(condition, nullptr);
}

// Conditions know the wall clock here, but can be waited for relative to now.
int wait_for_time(pthread_cond_t* condition, pthread_mutex_t* mutex, std::uint64_t nanoseconds) {
  nanoseconds = std::min(nanoseconds, kLongest);
  const timespec rest = {static_cast<time_t>(nanoseconds / kNanosecondsPerSecond),
                         static_cast<long>(nanoseconds % kNanosecondsPerSecond)};
  return pthread_cond_timedwait_relative_np(condition, mutex, &rest);
}

}  // namespace violet
