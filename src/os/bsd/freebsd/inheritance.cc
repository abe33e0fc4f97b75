#include "os/posix/inheritance.h"

#include <unistd.h>

#include <climits>

namespace violet {

bool disable_inheritance_at_once() {
  // CLOSE_RANGE_CLOEXEC, which only newer headers have; older kernels refuse it and close nothing.
  constexpr int kCloseRangeCloexec = 1 << 2;
  return close_range(0, UINT_MAX, kCloseRangeCloexec) == 0;
}

}  // namespace violet
