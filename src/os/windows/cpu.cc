#include "os/cpu.h"

#include <windows.h>

// Needs the types of <windows.h>.
#include <winternl.h>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <cwchar>

#include "base/allocator.h"
#include "os/windows/registry.h"
#include "os/windows/wide_text.h"

namespace violet {
namespace {

using Performance = SYSTEM_PROCESSOR_PERFORMANCE_INFORMATION;

constexpr std::size_t kModelSize = 256;
constexpr wchar_t kUnknownModel[] = L"unknown";

std::uint64_t milliseconds(const LARGE_INTEGER& ticks) {
  return static_cast<std::uint64_t>(ticks.QuadPart) / 10'000;
}

struct Processor {
  wchar_t model[kModelSize];
  DWORD speed;  // MHz
};

void describe(unsigned long number, Processor& processor) {
  wchar_t key[80];
  std::swprintf(key, 80, L"HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\%lu", number);
  if (!read_machine_text(key, L"ProcessorNameString", processor.model)) {
    std::wcscpy(processor.model, kUnknownModel);
  }
  if (!read_machine_number(key, L"~MHz", processor.speed)) processor.speed = 0;
}

void fill(uv_cpu_info_t& info, const Processor& processor, const Performance& performance) {
  // The time in the kernel counts idle time and interrupts in.
  const std::uint64_t idle = milliseconds(performance.IdleTime);
  const std::uint64_t kernel = milliseconds(performance.KernelTime);
  info.speed = static_cast<int>(processor.speed);
  info.cpu_times = {};
  info.cpu_times.user = milliseconds(performance.UserTime);
  info.cpu_times.sys = kernel > idle ? kernel - idle : 0;
  info.cpu_times.idle = idle;
  info.cpu_times.irq = milliseconds(performance.Reserved1[1]);
}

}  // namespace

int cpu_info(uv_cpu_info_t** infos, int* count) {
  SYSTEM_INFO system;
  GetSystemInfo(&system);
  const std::size_t processors = system.dwNumberOfProcessors;
  Owned<Performance> performance(
      static_cast<Performance*>(allocate_zeroed(processors, sizeof(Performance))));
  Owned<Processor> models(static_cast<Processor*>(allocate(processors * sizeof(Processor))));
  if (!performance || !models) return UV_ENOMEM;
  const NTSTATUS status =
      NtQuerySystemInformation(SystemProcessorPerformanceInformation, performance.get(),
                               static_cast<ULONG>(processors * sizeof(Performance)), nullptr);
  if (!NT_SUCCESS(status)) return error_from_status(status);
  std::size_t text_size = 0;
  for (std::size_t i = 0; i < processors; ++i) {
    describe(static_cast<unsigned long>(i), models[i]);
    text_size += narrow_size(models[i].model) + 1;
  }
  auto* list = static_cast<uv_cpu_info_t*>(allocate(processors * sizeof(**infos) + text_size));
  if (list == nullptr) return UV_ENOMEM;
  char* text = reinterpret_cast<char*>(list + processors);
  for (std::size_t i = 0; i < processors; ++i) {
    list[i].model = text;
    text = write_narrow(models[i].model, text);
    fill(list[i], models[i], performance[i]);
  }
  *infos = list;
  *count = static_cast<int>(processors);
  return 0;
}

unsigned available_parallelism() {
  DWORD_PTR process = 0;
  DWORD_PTR system = 0;
  // No mask: the process has threads on several groups of processors.
  if (GetProcessAffinityMask(GetCurrentProcess(), &process, &system) && process != 0) {
    return static_cast<unsigned>(std::popcount(static_cast<std::uint64_t>(process)));
  }
  const DWORD count = GetActiveProcessorCount(ALL_PROCESSOR_GROUPS);
  return count == 0 ? 1 : count;
}

void load_average(double averages[3]) {
  averages[0] = averages[1] = averages[2] = 0;
}

int uptime(double* seconds) {
  *seconds = static_cast<double>(GetTickCount64()) / 1000;
  return 0;
}

}  // namespace violet
