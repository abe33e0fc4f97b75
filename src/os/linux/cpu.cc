#include "os/cpu.h"

#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "base/allocator.h"
#include "base/error.h"
#include "os/linux/cgroup.h"
#include "os/linux/cpu_info.h"
#include "os/linux/text_file.h"

namespace violet {
namespace {

constexpr int kMaximumCpus = 1 << 16;

int frequency_megahertz(int cpu) {
  char path[96], text[32];
  std::snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%d/cpufreq/scaling_cur_freq", cpu);
  return read_text_file(path, text, sizeof(text)) > 0 ? std::atoi(text) / 1000 : 0;
}

// Both files list the processors in ascending order, so `rest` only moves forward. A processor that
// just came online may be missing.
CpuDescription description_of(int id, TextView& rest) {
  TextView before;
  CpuDescription description;
  do {
    before = rest;
    if (!next_cpu_description(rest, description)) break;
  } while (description.id < id);
  if (description.id == id) return description;
  rest = before;
  CpuDescription unknown;
  unknown.id = id;
  return unknown;
}

// Lays the infos and, behind them, the model names into one block.
uv_cpu_info_t* assemble(const Array<CpuTimes>& cpus, const Array<CpuDescription>& descriptions) {
  std::size_t size = cpus.size() * sizeof(uv_cpu_info_t);
  for (std::size_t i = 0; i < cpus.size(); ++i)
    size += descriptions[i].model.size + 1;
  uv_cpu_info_t* infos = static_cast<uv_cpu_info_t*>(allocate(size));
  if (infos == nullptr) return nullptr;
  char* text = reinterpret_cast<char*>(infos + cpus.size());
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    TextView model = descriptions[i].model;
    infos[i] = {text, descriptions[i].megahertz, cpus[i].times};
    std::memcpy(text, model.data, model.size);
    text[model.size] = '\0';
    text += model.size + 1;
  }
  return infos;
}

// Processors in this thread's affinity mask; 0 when it cannot be had.
unsigned affinity_count() {
  // The kernel refuses a mask smaller than its own, and does not tell how large that is.
  for (int cpus = 1024; cpus <= kMaximumCpus; cpus *= 2) {
    std::size_t size = CPU_ALLOC_SIZE(static_cast<std::size_t>(cpus));
    Owned<cpu_set_t> set(static_cast<cpu_set_t*>(allocate(size)));
    if (!set) return 0;
    if (sched_getaffinity(0, size, set.get()) == 0) {
      return static_cast<unsigned>(CPU_COUNT_S(size, set.get()));
    }
    if (errno != EINVAL) return 0;
  }
  return 0;
}

}  // namespace

int cpu_info(uv_cpu_info_t** infos, int* count) {
  Owned<char> times = read_whole_text_file("/proc/stat");
  if (!times) return last_error();
  Array<CpuTimes> cpus;
  if (!parse_cpu_times(times.get(), sysconf(_SC_CLK_TCK), cpus)) return UV_ENOMEM;
  if (cpus.empty()) return UV_ENOENT;

  Owned<char> descriptions_text = read_whole_text_file("/proc/cpuinfo");
  Array<CpuDescription> descriptions;
  TextView rest = view(descriptions_text ? descriptions_text.get() : "");
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    CpuDescription description = description_of(cpus[i].id, rest);
    int frequency = frequency_megahertz(cpus[i].id);
    if (frequency != 0) description.megahertz = frequency;
    if (!descriptions.push_back(description)) return UV_ENOMEM;
  }
  uv_cpu_info_t* assembled = assemble(cpus, descriptions);
  if (assembled == nullptr) return UV_ENOMEM;
  *infos = assembled;
  *count = static_cast<int>(cpus.size());
  return 0;
}

unsigned available_parallelism() {
  unsigned count = affinity_count();
  if (count == 0) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    count = online > 0 ? static_cast<unsigned>(online) : 1;
  }
  unsigned quota = cgroup_cpu_limit();
  return quota != 0 && quota < count ? quota : count;
}

void load_average(double averages[3]) {
  averages[0] = averages[1] = averages[2] = 0;
  getloadavg(averages, 3);
}

int uptime(double* seconds) {
  timespec since_boot;
  if (clock_gettime(CLOCK_BOOTTIME, &since_boot) != 0) return last_error();
  *seconds = static_cast<double>(since_boot.tv_sec) + static_cast<double>(since_boot.tv_nsec) / 1e9;
  return 0;
}

}  // namespace violet
