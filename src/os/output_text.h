// The contract of the public functions that write text into `buffer` with its capacity in `*size`.
#pragma once

#include <cstddef>
#include <cstring>

#include "uv.h"

namespace violet {

inline bool is_output(const char* buffer, const std::size_t* size) {
  return buffer != nullptr && size != nullptr && *size > 0;
}

// Copies the text and sets `*size` to its length. When it does not fit, leaves the buffer alone,
// sets `*size` to the capacity needed, the terminator included, and returns UV_ENOBUFS.
inline int write_text(const char* text, std::size_t length, char* buffer, std::size_t* size) {
  if (length >= *size) {
    *size = length + 1;
    return UV_ENOBUFS;
  }
  std::memcpy(buffer, text, length);
  buffer[length] = '\0';
  *size = length;
  return 0;
}

inline int write_text(const char* text, char* buffer, std::size_t* size) {
  return write_text(text, std::strlen(text), buffer, size);
}

}  // namespace violet
