#include <pthread.h>
#include <sched.h>
#include <sys/param.h>
// Behind the parameters.
#include <sys/sysctl.h>

#include <cstring>

#include "base/error.h"
#include "os/bsd/system_value.h"
#include "os/user_thread.h"

namespace violet {
namespace {

// A set of processors, whose size the system chooses.
class CpuSet {
 public:
  CpuSet() : set_(cpuset_create()) {}
  ~CpuSet() {
    if (set_ != nullptr) cpuset_destroy(set_);
  }
  CpuSet(const CpuSet&) = delete;
  CpuSet& operator=(const CpuSet&) = delete;

  bool exists() const { return set_ != nullptr; }
  void add(int cpu) { cpuset_set(static_cast<cpuid_t>(cpu), set_); }
  bool has(int cpu) const { return cpuset_isset(static_cast<cpuid_t>(cpu), set_) > 0; }

  int give_to(pthread_t thread) const {
    return error_from_errno(pthread_setaffinity_np(thread, cpuset_size(set_), set_));
  }
  int take_from(pthread_t thread) {
    return error_from_errno(pthread_getaffinity_np(thread, cpuset_size(set_), set_));
  }

 private:
  cpuset_t* set_;
};

}  // namespace

int cpu_mask_size() {
  int count = 0;
  return system_value({CTL_HW, HW_NCPU}, count) ? count : last_error();
}

int user_thread_set_affinity(uv_thread_t* thread, const char* mask, char* old_mask,
                             std::size_t mask_size) {
  if (old_mask != nullptr) {
    int error = user_thread_affinity(thread, old_mask, mask_size);
    if (error < 0) return error;
  }
  CpuSet set;
  if (!set.exists()) return UV_ENOMEM;
  for (int cpu = 0; cpu < cpu_mask_size(); ++cpu) {
    if (mask[cpu] != 0) set.add(cpu);
  }
  return set.give_to(*thread);
}

int user_thread_affinity(uv_thread_t* thread, char* mask, std::size_t mask_size) {
  CpuSet set;
  if (!set.exists()) return UV_ENOMEM;
  int error = set.take_from(*thread);
  if (error < 0) return error;
  std::memset(mask, 0, mask_size);
  bool has_any = false;
  for (int cpu = 0; cpu < cpu_mask_size(); ++cpu) {
    mask[cpu] = set.has(cpu) ? 1 : 0;
    has_any |= set.has(cpu);
  }
  // A thread that nobody gave a set may use all.
  if (!has_any) std::memset(mask, 1, static_cast<std::size_t>(cpu_mask_size()));
  return 0;
}

// The system tells whole processes only.
int current_cpu() {
  return UV_ENOTSUP;
}

}  // namespace violet
