#include "clock.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

namespace differential {
namespace {

constexpr std::uint64_t kMillisecond = 1'000'000;
constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kBegin = 1000 * kSecond;

struct Clock {
  bool is_virtual = false;
  std::uint64_t now = kBegin;
  // While the loop waits: when the wait should end, and the true time at which it began.
  std::uint64_t awaited = 0;
  std::uint64_t wait_began = 0;
};

Clock the_clock;

std::uint64_t true_ns() {
  timespec now;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * kSecond + static_cast<std::uint64_t>(now.tv_nsec);
}

// A wait that ended early has taken no time: the loop must go on waiting.
std::uint64_t read_virtual() {
  Clock& clock = the_clock;
  if (clock.awaited > clock.now && true_ns() - clock.wait_began >= clock.awaited - clock.now) {
    clock.now = clock.awaited;
    clock.awaited = 0;
  }
  return clock.now;
}

}  // namespace

void begin_virtual_time() {
  the_clock.is_virtual = true;
}

bool time_is_virtual() {
  return the_clock.is_virtual;
}

void before_poll(std::uint64_t due_ms, bool blocks) {
  Clock& clock = the_clock;
  std::uint64_t due = due_ms > UINT64_MAX / kMillisecond ? UINT64_MAX : due_ms * kMillisecond;
  clock.awaited = 0;
  if (blocks) {
    clock.awaited = due;
    clock.wait_began = true_ns();
  } else {
    clock.now = std::min(clock.now + kMillisecond, due);
  }
}

void pass_time(std::uint64_t ms) {
  the_clock.now += ms * kMillisecond;
}

std::uint64_t virtual_ms() {
  return the_clock.now / kMillisecond;
}

}  // namespace differential

extern "C" int clock_gettime(clockid_t id, timespec* time) noexcept {
  if (id == CLOCK_REALTIME || !differential::the_clock.is_virtual)
    return static_cast<int>(syscall(SYS_clock_gettime, id, time));
  std::uint64_t now = differential::read_virtual();
  time->tv_sec = static_cast<time_t>(now / differential::kSecond);
  time->tv_nsec = static_cast<long>(now % differential::kSecond);
  return 0;
}
