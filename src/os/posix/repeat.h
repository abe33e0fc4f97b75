// System calls that a signal may interrupt.
#pragma once

#include <cerrno>
#include <cstdint>

#include "base/error.h"

namespace violet {

// Calls until it is not interrupted: its result, or a negative UV_E*.
template <typename Call>
std::int64_t repeat(Call call) {
  for (;;) {
    auto result = call();
    if (result >= 0) return result;
    if (errno != EINTR) return last_error();
  }
}

// The same for calls whose result is an int.
template <typename Call>
int repeat_int(Call call) {
  return static_cast<int>(repeat(call));
}

}  // namespace violet
