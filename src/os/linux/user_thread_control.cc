#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "os/user_thread.h"

namespace violet {
namespace {

constexpr std::size_t kNameCapacity = 16;

// Indexed by level - UV_THREAD_PRIORITY_LOWEST.
constexpr int kNiceValues[] = {UV_PRIORITY_LOW, UV_PRIORITY_BELOW_NORMAL, UV_PRIORITY_NORMAL,
                               UV_PRIORITY_ABOVE_NORMAL, UV_PRIORITY_HIGHEST};
constexpr int kHighestStep = UV_THREAD_PRIORITY_HIGHEST - UV_THREAD_PRIORITY_LOWEST;

// The kernel's id of another thread. No C library tells it, but the id of a thread's CPU clock is,
// by the kernel's ABI, the inverted thread id above three bits of flags.
int kernel_thread_id(pthread_t thread, id_t* id) {
  clockid_t clock;
  int error = pthread_getcpuclockid(thread, &clock);
  if (error != 0) return error;
  *id = static_cast<id_t>(~(clock >> 3));
  return 0;
}

// Time-shared threads have a nice value and nothing else to set.
int set_nice(pthread_t thread, int step) {
  id_t id;
  int error = kernel_thread_id(thread, &id);
  if (error != 0) return error_from_errno(error);
  return setpriority(PRIO_PROCESS, id, kNiceValues[step]) == 0 ? 0 : last_error();
}

}  // namespace

int user_thread_name(uv_thread_t* thread, char* name, std::size_t size) {
  char full[kNameCapacity];
  int error = pthread_getname_np(*thread, full, sizeof(full));
  if (error != 0) return error_from_errno(error);
  std::size_t length = strnlen(full, size - 1);
  std::memcpy(name, full, length);
  name[length] = '\0';
  return 0;
}

int user_thread_set_priority(uv_thread_t thread, int level) {
  int policy;
  sched_param parameters;
  int error = pthread_getschedparam(thread, &policy, &parameters);
  if (error != 0) return error_from_errno(error);
  int step = level - UV_THREAD_PRIORITY_LOWEST;
  int lowest = sched_get_priority_min(policy);
  int highest = sched_get_priority_max(policy);
  if (lowest >= highest) return set_nice(thread, step);
  int priority = lowest + (highest - lowest) * step / kHighestStep;
  return error_from_errno(pthread_setschedprio(thread, priority));
}

int user_thread_priority(uv_thread_t thread, int* priority) {
  int policy;
  sched_param parameters;
  int error = pthread_getschedparam(thread, &policy, &parameters);
  if (error != 0) return error_from_errno(error);
  *priority = parameters.sched_priority;
  return 0;
}

int cpu_mask_size() {
  return CPU_SETSIZE;
}

int user_thread_set_affinity(uv_thread_t* thread, const char* mask, char* old_mask,
                             std::size_t mask_size) {
  if (old_mask != nullptr) {
    int error = user_thread_affinity(thread, old_mask, mask_size);
    if (error < 0) return error;
  }
  cpu_set_t set;
  CPU_ZERO(&set);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (mask[cpu] != 0) CPU_SET(cpu, &set);
  }
  return error_from_errno(pthread_setaffinity_np(*thread, sizeof(set), &set));
}

int user_thread_affinity(uv_thread_t* thread, char* mask, std::size_t mask_size) {
  cpu_set_t set;
  int error = pthread_getaffinity_np(*thread, sizeof(set), &set);
  if (error != 0) return error_from_errno(error);
  std::memset(mask, 0, mask_size);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    mask[cpu] = CPU_ISSET(cpu, &set) ? 1 : 0;
  return 0;
}

int current_cpu() {
  int cpu = sched_getcpu();
  return cpu >= 0 ? cpu : last_error();
}

}  // namespace violet
