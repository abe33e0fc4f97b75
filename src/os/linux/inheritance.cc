#include "os/posix/inheritance.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace violet {

bool disable_inheritance_at_once() {
  // CLOSE_RANGE_CLOEXEC, which older headers lack. Linux 5.11 and later know it.
  constexpr unsigned kCloseRangeCloexec = 1u << 2;
  return syscall(SYS_close_range, 0u, UINT_MAX, kCloseRangeCloexec) == 0;
}

}  // namespace violet
