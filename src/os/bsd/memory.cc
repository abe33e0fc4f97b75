// Of os/memory.h what follows from the limits; the rest is each system's own.
#include "os/memory.h"

#include <algorithm>

#include "os/bsd/memory_limit.h"

namespace violet {

std::uint64_t constrained_memory() {
  const std::uint64_t limit = memory_limit().limit;
  return limit == kNoLimit ? 0 : limit;
}

std::uint64_t available_memory() {
  return std::min(free_memory(), memory_limit().headroom);
}

}  // namespace violet
