#include "os/bsd/cpu_readings.h"

#include <sys/resource.h>

#include <cerrno>
#include <cstdio>

#include "base/error.h"
#include "os/bsd/clock_rate.h"
#include "os/bsd/named_value.h"

namespace violet {
namespace {

// One row for each processor number, CPUSTATES counters each. A number that no processor has comes
// as zeros.
constexpr char kTimes[] = "kern.cp_times";
constexpr std::size_t kRowSize = CPUSTATES * sizeof(long);

int megahertz_of(std::size_t cpu, int fallback) {
  char name[32];
  std::snprintf(name, sizeof(name), "dev.cpu.%zu.freq", cpu);
  const std::uint64_t megahertz = named_integer(name);
  return megahertz != 0 ? static_cast<int>(megahertz) : fallback;
}

std::uint64_t counter(long value, std::uint64_t rate) {
  return milliseconds_of(static_cast<std::uint64_t>(value), rate);
}

bool is_absent(const long* row) {
  for (int state = 0; state < CPUSTATES; ++state) {
    if (row[state] != 0) return false;
  }
  return true;
}

}  // namespace

int read_cpus(Array<CpuReading>& cpus, CpuModel& model) {
  std::size_t size = 0;
  if (sysctlbyname(kTimes, nullptr, &size, nullptr, 0) != 0) return last_error();
  Owned<long> times(static_cast<long*>(allocate(size + kRowSize)));
  if (!times) return UV_ENOMEM;
  if (sysctlbyname(kTimes, times.get(), &size, nullptr, 0) != 0) return last_error();
  const std::uint64_t rate = clock_rate();
  if (rate == 0) return UV_EIO;
  const int megahertz = static_cast<int>(named_integer("hw.clockrate"));
  for (std::size_t cpu = 0; cpu < size / kRowSize; ++cpu) {
    const long* row = times.get() + cpu * CPUSTATES;
    if (is_absent(row)) continue;
    const CpuReading reading = {
        {counter(row[CP_USER], rate), counter(row[CP_NICE], rate), counter(row[CP_SYS], rate),
         counter(row[CP_IDLE], rate), counter(row[CP_INTR], rate)},
        megahertz_of(cpu, megahertz)};
    if (!cpus.push_back(reading)) return UV_ENOMEM;
  }
  named_text("hw.model", model.name);
  return 0;
}

}  // namespace violet
