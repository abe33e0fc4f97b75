#include <sys/param.h>
// Behind the parameters.
#include <sys/user.h>
#include <unistd.h>

#include "base/error.h"
#include "os/bsd/memory_limit.h"
#include "os/bsd/named_value.h"
#include "os/bsd/system_value.h"
#include "os/memory.h"

namespace violet {
namespace {

std::uint64_t page_size() {
  return static_cast<std::uint64_t>(getpagesize());
}

bool read_process(kinfo_proc& process) {
  return system_value({CTL_KERN, KERN_PROC, KERN_PROC_PID, getpid()}, process);
}

}  // namespace

std::uint64_t free_memory() {
  return named_integer("vm.stats.vm.v_free_count") * page_size();
}

std::uint64_t total_memory() {
  return named_integer("hw.physmem");
}

int resident_set_size(std::size_t* size) {
  kinfo_proc process;
  if (!read_process(process)) return last_error();
  *size = static_cast<std::size_t>(process.ki_rssize) * page_size();
  return 0;
}

// The limit on data, RLIMIT_DATA, is about brk(2) only, which no allocator here uses much.
MemoryLimit memory_limit() {
  kinfo_proc process;
  return limit_of_resource(RLIMIT_AS, read_process(process) ? process.ki_size : 0);
}

}  // namespace violet
