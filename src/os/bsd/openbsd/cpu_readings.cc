#include "os/bsd/cpu_readings.h"

#include <sys/sched.h>

#include "base/error.h"
#include "os/bsd/clock_rate.h"

namespace violet {

int read_cpus(Array<CpuReading>& cpus, CpuModel& model) {
  int count = 0;
  if (!system_value({CTL_HW, HW_NCPU}, count)) return last_error();
  const std::uint64_t rate = clock_rate();
  if (rate == 0) return UV_EIO;
  int megahertz = 0;
  if (!system_value({CTL_HW, HW_CPUSPEED}, megahertz)) megahertz = 0;
  for (int cpu = 0; cpu < count; ++cpu) {
    std::uint64_t ticks[CPUSTATES];
    // Refused for a processor that is not in use, as the second threads of a core are not.
    if (!system_value({CTL_KERN, KERN_CPTIME2, cpu}, ticks)) continue;
    const CpuReading reading = {
        {milliseconds_of(ticks[CP_USER], rate), milliseconds_of(ticks[CP_NICE], rate),
         // Waiting for a lock of the kernel.
         milliseconds_of(ticks[CP_SYS] + ticks[CP_SPIN], rate),
         milliseconds_of(ticks[CP_IDLE], rate), milliseconds_of(ticks[CP_INTR], rate)},
        megahertz};
    if (!cpus.push_back(reading)) return UV_ENOMEM;
  }
  const int name[] = {CTL_HW, HW_MODEL};
  return system_text(name, 2, model.name, sizeof(model.name));
}

}  // namespace violet
