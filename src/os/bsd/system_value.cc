#include "os/bsd/system_value.h"

#include <cerrno>

#include "base/error.h"

namespace violet {

int system_bytes(const int* name, unsigned depth, void* bytes, std::size_t& size) {
  const std::size_t capacity = size;
  if (sysctl(const_cast<int*>(name), depth, bytes, &size, nullptr, 0) == 0) return 0;
  // The buffer holds as much as fits.
  if (errno != ENOMEM) return last_error();
  size = capacity;
  return 0;
}

int system_text(const int* name, unsigned depth, char* text, std::size_t capacity) {
  std::size_t size = capacity - 1;
  const int error = system_bytes(name, depth, text, size);
  if (error == 0) text[size] = '\0';
  return error;
}

}  // namespace violet
