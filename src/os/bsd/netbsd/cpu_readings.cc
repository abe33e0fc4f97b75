#include "os/bsd/cpu_readings.h"

#include <sys/sched.h>

#include "base/error.h"
#include "os/bsd/clock_rate.h"
#include "os/bsd/named_value.h"

namespace violet {
namespace {

constexpr std::uint64_t kMegahertz = 1'000'000;

}  // namespace

int read_cpus(Array<CpuReading>& cpus, CpuModel& model) {
  int count = 0;
  if (!system_value({CTL_HW, HW_NCPU}, count)) return last_error();
  const std::uint64_t rate = clock_rate();
  if (rate == 0) return UV_EIO;
  // Known of x86 only.
  const int megahertz = static_cast<int>(named_integer("machdep.tsc_freq") / kMegahertz);
  for (int cpu = 0; cpu < count; ++cpu) {
    std::uint64_t ticks[CPUSTATES];
    // The number at the end asks for one processor; the sum of all comes without.
    if (!system_value({CTL_KERN, KERN_CP_TIME, cpu}, ticks)) continue;
    const CpuReading reading = {
        {milliseconds_of(ticks[CP_USER], rate), milliseconds_of(ticks[CP_NICE], rate),
         milliseconds_of(ticks[CP_SYS], rate), milliseconds_of(ticks[CP_IDLE], rate),
         milliseconds_of(ticks[CP_INTR], rate)},
        megahertz};
    if (!cpus.push_back(reading)) return UV_ENOMEM;
  }
  // hw.model is the machine's, where the processor has no name of its own.
  if (!named_text("machdep.cpu_brand", model.name)) named_text("hw.model", model.name);
  return 0;
}

}  // namespace violet
