#include "os/memory.h"

#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "os/linux/cgroup.h"
#include "os/linux/memory_info.h"
#include "os/linux/text_file.h"
#include "os/linux/text_view.h"
#include "uv.h"

namespace violet {
namespace {

std::size_t page_size() {
  return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t memory_info(const char* name) {
  char text[4096];
  return read_text_file("/proc/meminfo", text, sizeof(text)) > 0 ? parse_memory_info(text, name)
                                                                 : 0;
}

// A limit of setrlimit(2): what it is, and what of it is left.
struct ResourceLimit {
  std::uint64_t limit = kUnlimited;
  std::uint64_t headroom = kUnlimited;
};

ResourceLimit resource_limit(__rlimit_resource resource, std::size_t used_pages) {
  rlimit set;
  if (getrlimit(resource, &set) != 0 || set.rlim_cur == RLIM_INFINITY) return ResourceLimit();
  const std::uint64_t limit = set.rlim_cur;
  const std::uint64_t used = std::uint64_t{used_pages} * page_size();
  return {limit, limit > used ? limit - used : 0};
}

// The lower of the two limits on a process's mappings, and the lesser room.
ResourceLimit lowest_resource_limit() {
  char text[128];
  std::size_t mapped = 0, data = 0;
  if (read_text_file("/proc/self/statm", text, sizeof(text)) > 0) {
    parse_limited_pages(text, &mapped, &data);
  }
  const ResourceLimit all = resource_limit(RLIMIT_AS, mapped);
  const ResourceLimit own = resource_limit(RLIMIT_DATA, data);
  return {std::min(all.limit, own.limit), std::min(all.headroom, own.headroom)};
}

}  // namespace

bool parse_limited_pages(const char* text, std::size_t* mapped, std::size_t* data) {
  return std::sscanf(text, "%zu %*u %*u %*u %*u %zu", mapped, data) == 2;
}

std::uint64_t parse_memory_info(const char* text, const char* name) {
  TextView rest = view(text);
  for (TextView line; next_field(rest, '\n', line);) {
    TextView key;
    if (!next_field(line, ':', key) || !equals(key, name)) continue;
    return std::strtoull(line.data, nullptr, 10) * 1024;
  }
  return 0;
}

bool parse_resident_pages(const char* text, std::size_t* pages) {
  return std::sscanf(text, "%*u %zu", pages) == 1;
}

std::uint64_t free_memory() {
  // Unlike the plainly free part, this counts the caches that the kernel would give up.
  std::uint64_t available = memory_info("MemAvailable");
  if (available != 0) return available;
  struct sysinfo info;
  return sysinfo(&info) == 0 ? static_cast<std::uint64_t>(info.freeram) * info.mem_unit : 0;
}

std::uint64_t total_memory() {
  std::uint64_t total = memory_info("MemTotal");
  if (total != 0) return total;
  struct sysinfo info;
  return sysinfo(&info) == 0 ? static_cast<std::uint64_t>(info.totalram) * info.mem_unit : 0;
}

std::uint64_t constrained_memory() {
  const CgroupMemory group = cgroup_memory();
  const std::uint64_t limit = std::min(group.limit, lowest_resource_limit().limit);
  return limit == kUnlimited && !group.controlled ? 0 : limit;
}

std::uint64_t available_memory() {
  const std::uint64_t headroom =
      std::min(cgroup_memory().headroom, lowest_resource_limit().headroom);
  return std::min(free_memory(), headroom);
}

int resident_set_size(std::size_t* size) {
  char text[128];
  int length = read_text_file("/proc/self/statm", text, sizeof(text));
  if (length < 0) return length;
  std::size_t pages;
  if (!parse_resident_pages(text, &pages)) return UV_EINVAL;
  *size = pages * page_size();
  return 0;
}

}  // namespace violet
