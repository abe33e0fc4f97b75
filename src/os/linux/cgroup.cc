#include "os/linux/cgroup.h"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/allocator.h"
#include "os/linux/text_file.h"

namespace violet {
namespace {

// Version 1 has no word for "no limit": it shows the highest multiple of the page size.
constexpr std::uint64_t kVersion1Unlimited = static_cast<std::uint64_t>(LLONG_MAX) / 65536 * 65536;

CgroupPosition own_cgroup(const char* controller) {
  Owned<char> cgroups = read_whole_text_file("/proc/self/cgroup");
  Owned<char> mounts = read_whole_text_file("/proc/self/mountinfo");
  if (!cgroups || !mounts) return CgroupPosition();
  return find_cgroup(controller, cgroups.get(), mounts.get());
}

bool read_setting(const CgroupPosition& group, const char* name, char* text, std::size_t size) {
  char path[sizeof(group.directory) + 64];
  std::snprintf(path, sizeof(path), "%s/%s", group.directory, name);
  return read_text_file(path, text, size) > 0;
}

std::uint64_t read_limit(const CgroupPosition& group, const char* name) {
  char text[64];
  return read_setting(group, name, text, sizeof(text)) ? parse_memory_limit(text) : kUnlimited;
}

// 0 when unlimited.
unsigned cpu_limit_of(const CgroupPosition& group) {
  char text[128];
  if (group.version == 2) {
    return read_setting(group, "cpu.max", text, sizeof(text)) ? parse_cpu_quota(text) : 0;
  }
  char quota[32], period[32];
  if (!read_setting(group, "cpu.cfs_quota_us", quota, sizeof(quota)) ||
      !read_setting(group, "cpu.cfs_period_us", period, sizeof(period))) {
    return 0;
  }
  std::snprintf(text, sizeof(text), "%s %s", quota, period);
  return parse_cpu_quota(text);
}

std::uint64_t memory_limit_of(const CgroupPosition& group) {
  if (group.version == 1) return read_limit(group, "memory.limit_in_bytes");
  // Above `high` the kernel throttles a group until it is all but stopped, so it counts as a limit.
  return std::min(read_limit(group, "memory.max"), read_limit(group, "memory.high"));
}

std::uint64_t headroom_of(const CgroupPosition& group, std::uint64_t limit) {
  if (limit == kUnlimited) return kUnlimited;
  std::uint64_t used =
      read_limit(group, group.version == 1 ? "memory.usage_in_bytes" : "memory.current");
  if (used == kUnlimited) return kUnlimited;
  return limit > used ? limit - used : 0;
}

}  // namespace

std::uint64_t parse_memory_limit(const char* text) {
  char* end;
  unsigned long long value = std::strtoull(text, &end, 10);
  return end == text || value >= kVersion1Unlimited ? kUnlimited : value;
}

unsigned parse_cpu_quota(const char* text) {
  char* end;
  long long quota = std::strtoll(text, &end, 10);
  if (end == text || quota <= 0) return 0;
  long long period = std::strtoll(end, nullptr, 10);
  if (period <= 0) return 0;
  return static_cast<unsigned>(std::clamp<long long>(quota / period, 1, INT_MAX));
}

unsigned cgroup_cpu_limit() {
  CgroupPosition group = own_cgroup("cpu");
  if (group.version == 0) return 0;
  unsigned lowest = 0;
  do {
    unsigned limit = cpu_limit_of(group);
    if (limit != 0 && (lowest == 0 || limit < lowest)) lowest = limit;
  } while (ascend(group));
  return lowest;
}

CgroupMemory cgroup_memory() {
  CgroupMemory memory;
  CgroupPosition group = own_cgroup("memory");
  if (group.version == 0) return memory;
  memory.controlled = true;
  do {
    std::uint64_t limit = memory_limit_of(group);
    memory.limit = std::min(memory.limit, limit);
    memory.headroom = std::min(memory.headroom, headroom_of(group, limit));
  } while (ascend(group));
  return memory;
}

}  // namespace violet
