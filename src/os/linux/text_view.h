// Pieces of text that the parsers of kernel files cut without copying.
#pragma once

#include <cstddef>
#include <cstring>

namespace violet {

struct TextView {
  const char* data = nullptr;
  std::size_t size = 0;
};

inline TextView view(const char* text) {
  return {text, std::strlen(text)};
}

inline bool equals(TextView text, const char* other) {
  return text.size == std::strlen(other) && std::memcmp(text.data, other, text.size) == 0;
}

inline bool starts_with(TextView text, TextView prefix) {
  return text.size >= prefix.size && std::memcmp(text.data, prefix.data, prefix.size) == 0;
}

// Moves the part of `rest` before `separator` (all of it when there is none) into `field`. False
// when nothing is left.
inline bool next_field(TextView& rest, char separator, TextView& field) {
  if (rest.size == 0) return false;
  const void* found = std::memchr(rest.data, separator, rest.size);
  std::size_t size = found == nullptr
                         ? rest.size
                         : static_cast<std::size_t>(static_cast<const char*>(found) - rest.data);
  field = {rest.data, size};
  std::size_t consumed = found == nullptr ? size : size + 1;
  rest = {rest.data + consumed, rest.size - consumed};
  return true;
}

}  // namespace violet
