#include "os/environment.h"

#include <climits>
#include <cstdlib>
#include <cstring>

namespace violet {

int environment_value(const char* name, char* buffer, std::size_t size) {
  const char* value = std::getenv(name);
  if (value == nullptr) return -1;
  std::size_t length = std::strlen(value);
  if (size > 0) {
    std::size_t copied = length < size ? length : size - 1;
    std::memcpy(buffer, value, copied);
    buffer[copied] = '\0';
  }
  return length > INT_MAX ? INT_MAX : static_cast<int>(length);
}

}  // namespace violet
