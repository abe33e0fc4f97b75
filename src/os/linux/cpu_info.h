// Parsers of the kernel's texts about processors.
#pragma once

#include "base/array.h"
#include "os/linux/text_view.h"
#include "uv.h"

namespace violet {

struct CpuDescription {
  int id = -1;
  TextView model = {"unknown", 7};
  int megahertz = 0;
};

// The "cpuN ..." lines of /proc/stat as ids and times in milliseconds. False when out of memory.
struct CpuTimes {
  int id;
  uv_cpu_times_s times;
};
bool parse_cpu_times(const char* text, long ticks_per_second, Array<CpuTimes>& cpus);

// The next processor of /proc/cpuinfo; moves `rest` behind it. Its views point into the text.
bool next_cpu_description(TextView& rest, CpuDescription& description);

}  // namespace violet
