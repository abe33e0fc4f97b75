#include "os/cpu.h"

#include <cstdlib>
#include <cstring>

#include "base/allocator.h"
#include "os/bsd/cpu_readings.h"

namespace violet {

int cpu_info(uv_cpu_info_t** infos, int* count) {
  Array<CpuReading> cpus;
  CpuModel model;
  if (int error = read_cpus(cpus, model); error != 0) return error;
  if (cpus.empty()) return UV_ENOENT;
  // The infos and, behind them, the name that all of them share.
  const std::size_t name_size = std::strlen(model.name) + 1;
  auto* all =
      static_cast<uv_cpu_info_t*>(allocate(cpus.size() * sizeof(uv_cpu_info_t) + name_size));
  if (all == nullptr) return UV_ENOMEM;
  char* name = reinterpret_cast<char*>(all + cpus.size());
  std::memcpy(name, model.name, name_size);
  for (std::size_t i = 0; i < cpus.size(); ++i)
    all[i] = {name, cpus[i].megahertz, cpus[i].times};
  *infos = all;
  *count = static_cast<int>(cpus.size());
  return 0;
}

void load_average(double averages[3]) {
  if (getloadavg(averages, 3) == 3) return;
  averages[0] = averages[1] = averages[2] = 0;
}

}  // namespace violet
