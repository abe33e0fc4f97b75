#include "os/process_info.h"

#include <windows.h>

// These need the types of <windows.h>.
#include <psapi.h>
#include <winternl.h>

#include <cstdint>

#include "os/windows/owned_handle.h"
#include "os/windows/terminate.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

struct PriorityClass {
  // What is told for the class; a greater number asks for the one above it in the list.
  int lowest;
  DWORD system_class;
};

constexpr PriorityClass kPriorityClasses[] = {
    {UV_PRIORITY_LOW, IDLE_PRIORITY_CLASS},
    {UV_PRIORITY_BELOW_NORMAL, BELOW_NORMAL_PRIORITY_CLASS},
    {UV_PRIORITY_NORMAL, NORMAL_PRIORITY_CLASS},
    {UV_PRIORITY_ABOVE_NORMAL, ABOVE_NORMAL_PRIORITY_CLASS},
    {UV_PRIORITY_HIGH, HIGH_PRIORITY_CLASS},
    {UV_PRIORITY_HIGHEST, REALTIME_PRIORITY_CLASS},
};

// 0 is this process, as on other systems.
int open_process(uv_pid_t pid, DWORD access, OwnedHandle& process) {
  const DWORD id = pid == 0 ? GetCurrentProcessId() : static_cast<DWORD>(pid);
  process = OwnedHandle(OpenProcess(access, FALSE, id));
  if (process.is_open()) return 0;
  return GetLastError() == ERROR_INVALID_PARAMETER ? UV_ESRCH : last_windows_error();
}

uv_timeval_t duration(const FILETIME& time) {
  constexpr std::uint64_t kTicksPerSecond = 10'000'000;
  const std::uint64_t ticks = std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
  return {static_cast<long>(ticks / kTicksPerSecond),
          static_cast<long>(ticks % kTicksPerSecond / 10)};
}

}  // namespace

uv_pid_t process_id() {
  return static_cast<uv_pid_t>(GetCurrentProcessId());
}

uv_pid_t parent_process_id() {
  ULONG_PTR basics[6] = {};
  static_assert(sizeof(basics) == sizeof(PROCESS_BASIC_INFORMATION));
  const NTSTATUS status = NtQueryInformationProcess(GetCurrentProcess(), ProcessBasicInformation,
                                                    basics, sizeof(basics), nullptr);
  if (!NT_SUCCESS(status)) return -1;
  // InheritedFromUniqueProcessId; the headers of other compilers have another name for it.
  return static_cast<uv_pid_t>(basics[5]);
}

int process_priority(uv_pid_t pid, int* priority) {
  OwnedHandle process;
  int error = open_process(pid, PROCESS_QUERY_LIMITED_INFORMATION, process);
  if (error != 0) return error;
  const DWORD system_class = GetPriorityClass(process.get());
  if (system_class == 0) return last_windows_error();
  for (const PriorityClass& entry : kPriorityClasses) {
    if (entry.system_class != system_class) continue;
    *priority = entry.lowest;
    return 0;
  }
  *priority = UV_PRIORITY_NORMAL;
  return 0;
}

int set_process_priority(uv_pid_t pid, int priority) {
  DWORD system_class = REALTIME_PRIORITY_CLASS;
  for (const PriorityClass& entry : kPriorityClasses) {
    if (priority < entry.lowest) continue;
    system_class = entry.system_class;
    break;
  }
  OwnedHandle process;
  int error = open_process(pid, PROCESS_SET_INFORMATION, process);
  if (error != 0) return error;
  return SetPriorityClass(process.get(), system_class) ? 0 : last_windows_error();
}

int kill_process(int pid, int signal) {
  if (!is_signal(signal)) return UV_EINVAL;
  OwnedHandle process;
  int error = open_process(pid, PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE,
                           process);
  return error != 0 ? error : terminate(process.get(), signal);
}

int process_usage(uv_rusage_t* usage) {
  FILETIME created, ended, kernel, user;
  PROCESS_MEMORY_COUNTERS memory = {};
  IO_COUNTERS transfers = {};
  const HANDLE self = GetCurrentProcess();
  if (!GetProcessTimes(self, &created, &ended, &kernel, &user) ||
      !GetProcessMemoryInfo(self, &memory, sizeof(memory)) ||
      !GetProcessIoCounters(self, &transfers)) {
    return last_windows_error();
  }
  *usage = {};
  usage->ru_utime = duration(user);
  usage->ru_stime = duration(kernel);
  usage->ru_maxrss = memory.PeakWorkingSetSize / 1024;
  usage->ru_majflt = memory.PageFaultCount;
  usage->ru_inblock = transfers.ReadOperationCount;
  usage->ru_oublock = transfers.WriteOperationCount;
  return 0;
}

int thread_usage(uv_rusage_t* usage) {
  FILETIME created, ended, kernel, user;
  if (!GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user)) {
    return last_windows_error();
  }
  *usage = {};
  usage->ru_utime = duration(user);
  usage->ru_stime = duration(kernel);
  return 0;
}

int host_name(char* buffer, std::size_t size) {
  WideText name;
  DWORD capacity = static_cast<DWORD>(name.capacity());
  if (!GetComputerNameExW(ComputerNameDnsHostname, name.get(), &capacity)) {
    return last_windows_error();
  }
  write_cut(name.get(), buffer, size);
  return 0;
}

}  // namespace violet
