#include "os/posix/native_usage.h"

#include <sys/resource.h>

#include <cstdint>

#include "base/error.h"

namespace violet {
namespace {

std::uint64_t counter(long value) {
  return static_cast<std::uint64_t>(value);
}

}  // namespace

int usage_of(int who, uv_rusage_t* result) {
  rusage usage;
  if (getrusage(who, &usage) != 0) return last_error();
  *result = {{usage.ru_utime.tv_sec, usage.ru_utime.tv_usec},
             {usage.ru_stime.tv_sec, usage.ru_stime.tv_usec},
             counter(usage.ru_maxrss),
             counter(usage.ru_ixrss),
             counter(usage.ru_idrss),
             counter(usage.ru_isrss),
             counter(usage.ru_minflt),
             counter(usage.ru_majflt),
             counter(usage.ru_nswap),
             counter(usage.ru_inblock),
             counter(usage.ru_oublock),
             counter(usage.ru_msgsnd),
             counter(usage.ru_msgrcv),
             counter(usage.ru_nsignals),
             counter(usage.ru_nvcsw),
             counter(usage.ru_nivcsw)};
  return 0;
}

}  // namespace violet
