#include "os/linux/cpu_info.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace violet {
namespace {

TextView trimmed(TextView text) {
  while (text.size > 0 && (*text.data == ' ' || *text.data == '\t')) {
    ++text.data;
    --text.size;
  }
  while (text.size > 0 && std::strchr(" \t", text.data[text.size - 1]) != nullptr)
    --text.size;
  return text;
}

// The names differ between architectures; the first that occurs stands.
bool names_model(TextView key) {
  return equals(key, "model name") || equals(key, "Processor") || equals(key, "cpu model") ||
         equals(key, "cpu");
}

bool names_speed(TextView key) {
  return equals(key, "cpu MHz") || equals(key, "clock");
}

}  // namespace

bool parse_cpu_times(const char* text, long ticks_per_second, Array<CpuTimes>& cpus) {
  const std::uint64_t milliseconds = 1000;
  std::uint64_t ticks = static_cast<std::uint64_t>(ticks_per_second);
  TextView rest = view(text);
  for (TextView line; next_field(rest, '\n', line);) {
    CpuTimes cpu;
    std::uint64_t user, nice, system, idle, irq;
    // The first line, "cpu " without a number, is the sum of all.
    if (std::sscanf(line.data, "cpu%d %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %*u %" SCNu64,
                    &cpu.id, &user, &nice, &system, &idle, &irq) != 6 ||
        line.size < 4 || line.data[3] == ' ') {
      continue;
    }
    cpu.times = {user * milliseconds / ticks, nice * milliseconds / ticks,
                 system * milliseconds / ticks, idle * milliseconds / ticks,
                 irq * milliseconds / ticks};
    if (!cpus.push_back(cpu)) return false;
  }
  return true;
}

bool next_cpu_description(TextView& rest, CpuDescription& description) {
  description = CpuDescription();
  bool has_model = false;
  for (TextView line; next_field(rest, '\n', line);) {
    if (line.size == 0) {
      if (description.id >= 0) return true;
      continue;
    }
    TextView key;
    next_field(line, ':', key);
    key = trimmed(key);
    TextView value = trimmed(line);
    if (equals(key, "processor")) description.id = std::atoi(value.data);
    if (names_speed(key)) description.megahertz = std::atoi(value.data);
    if (names_model(key) && !has_model && value.size > 0) {
      description.model = value;
      has_model = true;
    }
  }
  return description.id >= 0;
}

}  // namespace violet
