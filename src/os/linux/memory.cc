#include "os/memory.h"

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

std::uint64_t memory_info(const char* name) {
  char text[4096];
  return read_text_file("/proc/meminfo", text, sizeof(text)) > 0 ? parse_memory_info(text, name)
                                                                 : 0;
}

}  // namespace

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
  CgroupMemory memory = cgroup_memory();
  return memory.controlled ? memory.limit : 0;
}

std::uint64_t available_memory() {
  return std::min(free_memory(), cgroup_memory().headroom);
}

int resident_set_size(std::size_t* size) {
  char text[128];
  int length = read_text_file("/proc/self/statm", text, sizeof(text));
  if (length < 0) return length;
  std::size_t pages;
  if (!parse_resident_pages(text, &pages)) return UV_EINVAL;
  *size = pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return 0;
}

}  // namespace violet
