#include "os/environment.h"

#include <climits>
#include <cstdlib>
#include <cstring>

#include "base/allocator.h"
#include "base/error.h"
#include "os/output_text.h"
#include "os/posix/environment_block.h"
#include "os/posix/trusted_value.h"

namespace violet {

int environment_value(const char* name, char* buffer, std::size_t size) {
  const char* value = trusted_value(name);
  if (value == nullptr) return -1;
  std::size_t length = std::strlen(value);
  if (size > 0) {
    std::size_t copied = length < size ? length : size - 1;
    std::memcpy(buffer, value, copied);
    buffer[copied] = '\0';
  }
  return length > INT_MAX ? INT_MAX : static_cast<int>(length);
}

int get_environment(const char* name, char* buffer, std::size_t* size) {
  const char* value = std::getenv(name);
  return value == nullptr ? UV_ENOENT : write_text(value, buffer, size);
}

int set_environment(const char* name, const char* value) {
  return setenv(name, value, 1) == 0 ? 0 : last_error();
}

int unset_environment(const char* name) {
  return unsetenv(name) == 0 ? 0 : last_error();
}

int list_environment(uv_env_item_t** items, int* count) {
  std::size_t entries = 0;
  std::size_t text_size = 0;
  char* const* all = environment_block();
  for (; all != nullptr && all[entries] != nullptr; ++entries) {
    text_size += std::strlen(all[entries]) + 1;
  }
  // Never zero bytes: an empty environment is no lack of memory.
  auto* list = static_cast<uv_env_item_t*>(allocate((entries + 1) * sizeof(**items) + text_size));
  if (list == nullptr) return UV_ENOMEM;
  char* text = reinterpret_cast<char*>(list + entries + 1);
  int listed = 0;
  for (std::size_t i = 0; i < entries; ++i) {
    std::size_t size = std::strlen(all[i]) + 1;
    std::memcpy(text, all[i], size);
    char* separator = std::strchr(text, '=');
    if (separator != nullptr) {
      *separator = '\0';
      list[listed++] = {text, separator + 1};
    }
    text += size;
  }
  *items = list;
  *count = listed;
  return 0;
}

}  // namespace violet
