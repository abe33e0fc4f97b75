// Enumerations that come from a program's C code.
#pragma once

#include <cstring>

namespace violet {

// C lets a program pass any number for an enumeration. To C++ such a value is undefined, so what
// comes from outside is looked at as the integer it is.
template <typename Enumeration>
int value_of(const Enumeration& enumeration) {
  static_assert(sizeof(Enumeration) == sizeof(int));
  int value = 0;
  std::memcpy(&value, &enumeration, sizeof(value));
  return value;
}

}  // namespace violet
