#include <sys/param.h>
// Behind the parameters.
#include <sys/cpuset.h>
#include <unistd.h>

#include "os/cpu.h"

namespace violet {
namespace {

// Processors that this thread may use, by its mask or its jail's; 0 when that cannot be had.
unsigned affinity_count() {
  cpuset_t set;
  CPU_ZERO(&set);
  if (cpuset_getaffinity(CPU_LEVEL_WHICH, CPU_WHICH_TID, -1, sizeof(set), &set) != 0) return 0;
  unsigned count = 0;
  for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    count += CPU_ISSET(cpu, &set) ? 1 : 0;
  return count;
}

}  // namespace

unsigned available_parallelism() {
  const unsigned count = affinity_count();
  if (count > 0) return count;
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<unsigned>(online) : 1;
}

}  // namespace violet
