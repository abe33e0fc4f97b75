#include <mach/mach.h>
#include <pthread.h>
#include <sys/resource.h>

#include "os/posix/native_usage.h"
#include "os/process_info.h"

namespace violet {

int process_usage(uv_rusage_t* usage) {
  const int error = usage_of(RUSAGE_SELF, usage);
  // Counted in bytes here, in KiB elsewhere.
  if (error == 0) usage->ru_maxrss /= 1024;
  return error;
}

// Of a thread the system tells only its time.
int thread_usage(uv_rusage_t* usage) {
  thread_basic_info thread;
  mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;
  const kern_return_t told = thread_info(pthread_mach_thread_np(pthread_self()), THREAD_BASIC_INFO,
                                         reinterpret_cast<thread_info_t>(&thread), &count);
  if (told != KERN_SUCCESS) return UV_EINVAL;
  *usage = {};
  usage->ru_utime = {thread.user_time.seconds, thread.user_time.microseconds};
  usage->ru_stime = {thread.system_time.seconds, thread.system_time.microseconds};
  return 0;
}

}  // namespace violet
