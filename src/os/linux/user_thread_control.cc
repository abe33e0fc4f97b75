#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "os/posix/priority_range.h"
#include "os/posix/thread_names.h"
#include "os/user_thread.h"

namespace violet {
namespace {

constexpr std::size_t kNameCapacity = 16;

// By sched(7), threads that share the time choose a nice value, those that run in real time a
// static priority. Two steps for each level, as programs have learnt to expect of libuv.
constexpr PriorityRange kNiceValues = {4, UV_PRIORITY_NORMAL, -4};

bool is_real_time(int policy) {
  return policy == SCHED_FIFO || policy == SCHED_RR;
}

// The kernel's id of another thread. No C library tells it, but the id of a thread's CPU clock is,
// by the kernel's ABI, the inverted thread id above three bits of flags.
int kernel_thread_id(pthread_t thread, id_t* id) {
  clockid_t clock;
  int error = pthread_getcpuclockid(thread, &clock);
  if (error != 0) return error;
  *id = static_cast<id_t>(~(clock >> 3));
  return 0;
}

int set_nice_value(pthread_t thread, int value) {
  id_t id;
  int error = kernel_thread_id(thread, &id);
  if (error != 0) return error_from_errno(error);
  // On Linux a nice value is a thread's, though POSIX has it a process's.
  return setpriority(PRIO_PROCESS, id, value) == 0 ? 0 : last_error();
}

int read_nice_value(pthread_t thread, int* value) {
  id_t id;
  int error = kernel_thread_id(thread, &id);
  if (error != 0) return error_from_errno(error);
  // Every result is a nice value, so only errno tells a failure.
  errno = 0;
  *value = getpriority(PRIO_PROCESS, id);
  return error_from_errno(errno);
}

int set_static_priority(pthread_t thread, int policy, int value) {
  sched_param parameters = {};
  parameters.sched_priority = value;
  return error_from_errno(pthread_setschedparam(thread, policy, &parameters));
}

}  // namespace

int user_thread_name(uv_thread_t* thread, char* name, std::size_t size) {
  char full[kNameCapacity];
  int error = pthread_getname_np(*thread, full, sizeof(full));
  if (error != 0) return error_from_errno(error);
  cut_name(full, name, size);
  return 0;
}

int user_thread_set_priority(uv_thread_t thread, int level) {
  int policy;
  sched_param parameters;
  int error = pthread_getschedparam(thread, &policy, &parameters);
  if (error != 0) return error_from_errno(error);
  if (!is_real_time(policy)) return set_nice_value(thread, kNiceValues.value_of(level));
  return set_static_priority(thread, policy, priorities_of(policy).value_of(level));
}

int user_thread_priority(uv_thread_t thread, int* priority) {
  int policy;
  sched_param parameters;
  int error = pthread_getschedparam(thread, &policy, &parameters);
  if (error != 0) return error_from_errno(error);
  if (!is_real_time(policy)) return read_nice_value(thread, priority);
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
