#include "core/loop.h"
#include "os/clock.h"
#include "os/thread.h"

namespace violet {
namespace {

// The idle time is kept in one atomic word, so that no reader sees half of a change. Outside of a
// wait the word is the idle time. During a wait (kWaiting) its lower bits hold the idle time before
// the wait minus the time at which the wait began, so that a reader adds the present time and has
// the idle time up to now; they wrap around.
constexpr std::uint64_t kWaiting = std::uint64_t{1} << 63;
constexpr std::uint64_t kEnding = std::uint64_t{1} << 62;
constexpr std::uint64_t kTime = kEnding - 1;

}  // namespace

void idle_begins(Loop& loop) {
  std::atomic<std::uint64_t>& idle = loop.metrics.idle;
  const std::uint64_t before = idle.load(std::memory_order_relaxed);
  idle.store(kWaiting | ((before - monotonic_ns()) & kTime), std::memory_order_seq_cst);
}

void idle_ends(Loop& loop) {
  std::atomic<std::uint64_t>& idle = loop.metrics.idle;
  const std::uint64_t waiting = idle.load(std::memory_order_relaxed);
  if ((waiting & kWaiting) == 0) return;
  // From here on readers wait for the result: one that went on counting could tell more than that.
  idle.store(waiting | kEnding, std::memory_order_seq_cst);
  idle.store((waiting + monotonic_ns()) & kTime, std::memory_order_seq_cst);
}

std::uint64_t idle_time_ns(const Loop& loop) {
  const std::atomic<std::uint64_t>& idle = loop.metrics.idle;
  for (;; yield_thread()) {
    const std::uint64_t seen = idle.load(std::memory_order_seq_cst);
    if ((seen & kEnding) != 0) continue;
    if ((seen & kWaiting) == 0) return seen;
    const std::uint64_t now = monotonic_ns();
    // Otherwise the wait has ended meanwhile, perhaps before `now`.
    if (idle.load(std::memory_order_seq_cst) == seen) return (seen + now) & kTime;
  }
}

}  // namespace violet
