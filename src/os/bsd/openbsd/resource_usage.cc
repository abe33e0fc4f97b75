#include <sys/resource.h>

#include "os/posix/native_usage.h"
#include "os/process_info.h"

namespace violet {

int process_usage(uv_rusage_t* usage) {
  return usage_of(RUSAGE_SELF, usage);
}

int thread_usage(uv_rusage_t* usage) {
  return usage_of(RUSAGE_THREAD, usage);
}

}  // namespace violet
