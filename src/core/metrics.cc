#include "core/loop.h"
#include "os/clock.h"

namespace violet {

std::uint64_t idle_time_ns(const Loop& loop) {
  std::uint64_t total = loop.metrics.idle_ns.load(std::memory_order_relaxed);
  // A wait that is under way counts as far as it has come.
  std::uint64_t started = loop.metrics.wait_started_ns.load(std::memory_order_relaxed);
  if (started != 0) total += monotonic_ns() - started;
  return total;
}

}  // namespace violet
