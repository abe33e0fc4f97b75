// Cutting the names of threads.
#pragma once

#include <cstddef>
#include <cstring>

namespace violet {

// `name` cut to what `cut` holds with its terminator.
inline void cut_name(const char* name, char* cut, std::size_t capacity) {
  const std::size_t length = strnlen(name, capacity - 1);
  std::memcpy(cut, name, length);
  cut[length] = '\0';
}

}  // namespace violet
