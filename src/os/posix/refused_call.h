// Whether the call that just failed was refused as such: by a seccomp filter, or by a kernel that
// is older than it.
#pragma once

#include <cerrno>

namespace violet {

// A firewall, too, says EPERM of what is sent; it says so again to the other call that is made
// then.
inline bool is_call_refused() {
  return errno == ENOSYS || errno == EPERM;
}

}  // namespace violet
