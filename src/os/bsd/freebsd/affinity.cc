#include <sys/param.h>
// Behind the parameters.
#include <pthread.h>
#include <pthread_np.h>
#include <sched.h>
#include <sys/cpuset.h>

#include <cstring>

#include "base/error.h"
#include "os/user_thread.h"

// Since FreeBSD 13.1. A library that has to be complete when it is linked would not be there.
extern "C" __attribute__((weak)) int sched_getcpu();  // NOLINT(readability-redundant-declaration)

namespace violet {

int cpu_mask_size() {
  return CPU_SETSIZE;
}

int user_thread_set_affinity(uv_thread_t* thread, const char* mask, char* old_mask,
                             std::size_t mask_size) {
  if (old_mask != nullptr) {
    int error = user_thread_affinity(thread, old_mask, mask_size);
    if (error < 0) return error;
  }
  cpuset_t set;
  CPU_ZERO(&set);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (mask[cpu] != 0) CPU_SET(cpu, &set);
  }
  const int error = pthread_setaffinity_np(*thread, sizeof(set), &set);
  // Other systems say so of a set without a processor that the thread may use.
  return error == EDEADLK ? UV_EINVAL : error_from_errno(error);
}

int user_thread_affinity(uv_thread_t* thread, char* mask, std::size_t mask_size) {
  cpuset_t set;
  CPU_ZERO(&set);
  int error = pthread_getaffinity_np(*thread, sizeof(set), &set);
  if (error != 0) return error_from_errno(error);
  std::memset(mask, 0, mask_size);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    mask[cpu] = CPU_ISSET(cpu, &set) ? 1 : 0;
  return 0;
}

int current_cpu() {
  // Where it is there it never fails.
  return &sched_getcpu != nullptr ? sched_getcpu() : UV_ENOTSUP;
}

}  // namespace violet
