// Static priorities under every policy. Nice values are whole processes' on these systems.
#include <pthread.h>

#include "base/error.h"
#include "os/posix/priority_range.h"
#include "os/user_thread.h"

namespace violet {

int user_thread_set_priority(uv_thread_t thread, int level) {
  int policy;
  sched_param parameters;
  int error = pthread_getschedparam(thread, &policy, &parameters);
  if (error != 0) return error_from_errno(error);
  parameters.sched_priority = priorities_of(policy).value_of(level);
  return error_from_errno(pthread_setschedparam(thread, policy, &parameters));
}

int user_thread_priority(uv_thread_t thread, int* priority) {
  int policy;
  sched_param parameters;
  int error = pthread_getschedparam(thread, &policy, &parameters);
  if (error != 0) return error_from_errno(error);
  *priority = parameters.sched_priority;
  return 0;
}

}  // namespace violet
