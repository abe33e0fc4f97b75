// What sysctl(3) tells.
#pragma once

#include <sys/types.h>
// Behind the types on some systems.
#include <sys/sysctl.h>

#include <cstddef>

namespace violet {

// The value that has these numbers. False when there is none, or it is no T.
template <typename T, std::size_t depth>
bool system_value(const int (&name)[depth], T& value) {
  std::size_t size = sizeof(value);
  return sysctl(const_cast<int*>(name), depth, &value, &size, nullptr, 0) == 0 &&
         size == sizeof(value);
}

// The first bytes of a value, up to `size`, which becomes how many they are. 0 or a negative UV_E*.
int system_bytes(const int* name, unsigned depth, void* bytes, std::size_t& size);

// A text, cut to `capacity` with its terminator. 0 or a negative UV_E*.
int system_text(const int* name, unsigned depth, char* text, std::size_t capacity);

}  // namespace violet
