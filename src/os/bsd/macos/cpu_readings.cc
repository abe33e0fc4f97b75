#include "os/bsd/cpu_readings.h"

#include <mach/mach.h>
#include <unistd.h>

#include "os/bsd/named_value.h"

namespace violet {
namespace {

constexpr std::uint64_t kMegahertz = 1'000'000;

int push_readings(const processor_cpu_load_info* loads, natural_t count, int megahertz,
                  Array<CpuReading>& cpus) {
  const auto rate = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
  for (natural_t cpu = 0; cpu < count; ++cpu) {
    const auto& ticks = loads[cpu].cpu_ticks;
    // This system does not count interrupts.
    const CpuReading reading = {
        {milliseconds_of(ticks[CPU_STATE_USER], rate), milliseconds_of(ticks[CPU_STATE_NICE], rate),
         milliseconds_of(ticks[CPU_STATE_SYSTEM], rate),
         milliseconds_of(ticks[CPU_STATE_IDLE], rate), 0},
        megahertz};
    if (!cpus.push_back(reading)) return UV_ENOMEM;
  }
  return 0;
}

}  // namespace

int read_cpus(Array<CpuReading>& cpus, CpuModel& model) {
  natural_t count = 0;
  processor_info_array_t infos = nullptr;
  mach_msg_type_number_t size = 0;
  const mach_port_t host = mach_host_self();
  const kern_return_t told =
      host_processor_info(host, PROCESSOR_CPU_LOAD_INFO, &count, &infos, &size);
  mach_port_deallocate(mach_task_self(), host);
  if (told != KERN_SUCCESS) return UV_EINVAL;
  // Not known of Apple's own processors.
  const int megahertz = static_cast<int>(named_integer("hw.cpufrequency") / kMegahertz);
  const int error = push_readings(reinterpret_cast<const processor_cpu_load_info*>(infos), count,
                                  megahertz, cpus);
  vm_deallocate(mach_task_self(), reinterpret_cast<vm_address_t>(infos), size * sizeof(*infos));
  named_text("machdep.cpu.brand_string", model.name);
  return error;
}

}  // namespace violet
