#include "os/memory.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <psapi.h>

#include <algorithm>

#include "os/windows/windows_error.h"

namespace violet {
namespace {

MEMORYSTATUSEX status() {
  MEMORYSTATUSEX status = {};
  status.dwLength = sizeof(status);
  if (!GlobalMemoryStatusEx(&status)) return {};
  return status;
}

std::size_t committed() {
  PROCESS_MEMORY_COUNTERS counters = {};
  GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters));
  return counters.PagefileUsage;
}

}  // namespace

std::uint64_t free_memory() {
  return status().ullAvailPhys;
}

std::uint64_t total_memory() {
  return status().ullTotalPhys;
}

std::uint64_t constrained_memory() {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  if (!QueryInformationJobObject(nullptr, JobObjectExtendedLimitInformation, &limits,
                                 sizeof(limits), nullptr)) {
    return 0;
  }
  const DWORD set = limits.BasicLimitInformation.LimitFlags;
  std::uint64_t lowest = UINT64_MAX;
  if ((set & JOB_OBJECT_LIMIT_PROCESS_MEMORY) != 0) lowest = limits.ProcessMemoryLimit;
  if ((set & JOB_OBJECT_LIMIT_JOB_MEMORY) != 0) {
    lowest = std::min<std::uint64_t>(lowest, limits.JobMemoryLimit);
  }
  // Most processes are in no job, or in one without such a limit.
  return lowest == UINT64_MAX ? 0 : lowest;
}

std::uint64_t available_memory() {
  const std::uint64_t limit = constrained_memory();
  if (limit == 0) return free_memory();
  const std::uint64_t used = committed();
  return std::min(free_memory(), limit > used ? limit - used : 0);
}

int resident_set_size(std::size_t* size) {
  PROCESS_MEMORY_COUNTERS counters = {};
  if (!GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters))) {
    return last_windows_error();
  }
  *size = counters.WorkingSetSize;
  return 0;
}

}  // namespace violet
