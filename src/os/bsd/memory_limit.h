// How much memory this process may map, for os/bsd/memory.cc.
#pragma once

#include <sys/resource.h>

#include <cstdint>

namespace violet {

inline constexpr std::uint64_t kNoLimit = UINT64_MAX;

struct MemoryLimit {
  std::uint64_t limit = kNoLimit;
  std::uint64_t headroom = kNoLimit;  // what of it is left
};

// By the resource limits that the system holds mappings against.
MemoryLimit memory_limit();

// The limit of a resource of which `used` bytes are used.
inline MemoryLimit limit_of_resource(int resource, std::uint64_t used) {
  rlimit set;
  if (getrlimit(resource, &set) != 0 || set.rlim_cur == RLIM_INFINITY) return MemoryLimit();
  const auto limit = static_cast<std::uint64_t>(set.rlim_cur);
  return {limit, limit > used ? limit - used : 0};
}

}  // namespace violet
