#include <sys/types.h>
// Behind the types.
#include <unistd.h>
#include <uvm/uvmexp.h>

#include "base/error.h"
#include "os/bsd/memory_limit.h"
#include "os/bsd/system_value.h"
#include "os/memory.h"

namespace violet {
namespace {

std::uint64_t page_size() {
  return static_cast<std::uint64_t>(getpagesize());
}

bool read_process(kinfo_proc& process) {
  return system_value({CTL_KERN, KERN_PROC, KERN_PROC_PID, getpid(), sizeof(kinfo_proc), 1},
                      process);
}

}  // namespace

std::uint64_t free_memory() {
  struct uvmexp memory;
  if (!system_value({CTL_VM, VM_UVMEXP}, memory)) return 0;
  return static_cast<std::uint64_t>(memory.free) * page_size();
}

std::uint64_t total_memory() {
  std::int64_t total = 0;
  return system_value({CTL_HW, HW_PHYSMEM64}, total) ? static_cast<std::uint64_t>(total) : 0;
}

int resident_set_size(std::size_t* size) {
  kinfo_proc process;
  if (!read_process(process)) return last_error();
  *size = static_cast<std::size_t>(process.p_vm_rssize) * page_size();
  return 0;
}

// There is no limit on the address space. That on data counts what malloc(3) maps.
MemoryLimit memory_limit() {
  kinfo_proc process;
  const bool is_known = read_process(process);
  return limit_of_resource(
      RLIMIT_DATA, is_known ? static_cast<std::uint64_t>(process.p_vm_dsize) * page_size() : 0);
}

}  // namespace violet
