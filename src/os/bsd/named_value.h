// What sysctlbyname(3) tells. OpenBSD has numbers only.
#pragma once

#include <sys/types.h>
// Behind the types on some systems.
#include <sys/sysctl.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace violet {

// An integer of 32 or 64 bits, as systems and their versions choose; 0 when there is none.
inline std::uint64_t named_integer(const char* name) {
  unsigned char bytes[sizeof(std::uint64_t)] = {};
  std::size_t size = sizeof(bytes);
  if (sysctlbyname(name, bytes, &size, nullptr, 0) != 0) return 0;
  if (size == sizeof(std::uint32_t)) {
    std::uint32_t value;
    std::memcpy(&value, bytes, sizeof(value));
    return value;
  }
  std::uint64_t value = 0;
  if (size == sizeof(value)) std::memcpy(&value, bytes, sizeof(value));
  return value;
}

// A text that fits; false when there is none.
template <std::size_t capacity>
bool named_text(const char* name, char (&text)[capacity]) {
  std::size_t size = capacity - 1;
  if (sysctlbyname(name, text, &size, nullptr, 0) != 0 || size == 0) return false;
  text[size] = '\0';
  return text[0] != '\0';
}

}  // namespace violet
