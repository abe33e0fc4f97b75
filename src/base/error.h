// System errors as the library's error values.
#pragma once

#include <cerrno>

namespace violet {

// On POSIX systems a UV_E* is the negated errno. 0 stays 0.
inline constexpr int error_from_errno(int error) {
  return -error;
}

// The error of the system call that just failed.
inline int last_error() {
  return error_from_errno(errno);
}

}  // namespace violet
