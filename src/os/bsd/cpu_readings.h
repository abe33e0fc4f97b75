// What a system tells of its processors, for os/bsd/cpu.cc.
#pragma once

#include <cstdint>

#include "base/array.h"
#include "uv.h"

namespace violet {

struct CpuReading {
  uv_cpu_times_s times;  // milliseconds
  int megahertz;
};

struct CpuModel {
  char name[128] = "unknown";
};

// All processors that are there, in their order. 0 or a negative UV_E*.
int read_cpus(Array<CpuReading>& cpus, CpuModel& model);

// A counter of clock ticks in milliseconds.
inline std::uint64_t milliseconds_of(std::uint64_t ticks, std::uint64_t ticks_per_second) {
  return ticks * 1000 / ticks_per_second;
}

}  // namespace violet
