// A process for which /proc is empty, as in a root of its own or a bare container.
#pragma once

#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#endif

namespace test_support {

// From now on, for this process and its children. False where that is not allowed, or where there
// is no /proc to rest on.
inline bool hide_proc() {
#if defined(__linux__)
  return unshare(CLONE_NEWNS) == 0 &&
         mount("none", "/", "none", MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("none", "/proc", "tmpfs", 0, nullptr) == 0;
#else
  return false;
#endif
}

}  // namespace test_support
