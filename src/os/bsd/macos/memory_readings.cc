#include <mach/mach.h>
#include <unistd.h>

#include "os/bsd/memory_limit.h"
#include "os/bsd/named_value.h"
#include "os/memory.h"
#include "uv.h"

namespace violet {

std::uint64_t free_memory() {
  vm_statistics64 memory;
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  const mach_port_t host = mach_host_self();
  const kern_return_t told =
      host_statistics64(host, HOST_VM_INFO64, reinterpret_cast<host_info64_t>(&memory), &count);
  mach_port_deallocate(mach_task_self(), host);
  if (told != KERN_SUCCESS) return 0;
  return std::uint64_t{memory.free_count} * static_cast<std::uint64_t>(getpagesize());
}

std::uint64_t total_memory() {
  return named_integer("hw.memsize");
}

int resident_set_size(std::size_t* size) {
  mach_task_basic_info task;
  mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
  const kern_return_t told = task_info(mach_task_self(), MACH_TASK_BASIC_INFO,
                                       reinterpret_cast<task_info_t>(&task), &count);
  if (told != KERN_SUCCESS) return UV_EINVAL;
  *size = task.resident_size;
  return 0;
}

// The system takes limits on mappings, and does not hold anything against them.
MemoryLimit memory_limit() {
  return MemoryLimit();
}

}  // namespace violet
