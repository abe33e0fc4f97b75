// The contract of executable_path(): a path that does not fit is cut.
#pragma once

#include <cstddef>
#include <cstring>

namespace violet {

inline int write_cut(const char* text, char* buffer, std::size_t* size) {
  const std::size_t length = strnlen(text, *size - 1);
  std::memcpy(buffer, text, length);
  buffer[length] = '\0';
  *size = length;
  return 0;
}

}  // namespace violet
