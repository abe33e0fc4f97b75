#include "uring/settings.h"

#include <cstdlib>
#include <cstring>

#include "os/environment.h"

namespace violet {

unsigned int number_setting(const char* name, unsigned int fallback, unsigned int maximum) {
  char text[16];
  int length = environment_value(name, text, sizeof(text));
  if (length <= 0 || length >= static_cast<int>(sizeof(text))) return fallback;
  unsigned long value = std::strtoul(text, nullptr, 10);
  return value == 0 || value > maximum ? fallback : static_cast<unsigned int>(value);
}

bool is_switched_off() {
  char value[4];
  return environment_value("UV_USE_IO_URING", value, sizeof(value)) == 1 && value[0] == '0';
}

bool wants_writes_at_once() {
  char value[8];
  return environment_value("VIOLET_URING_WRITES", value, sizeof(value)) > 0 &&
         std::strcmp(value, "now") == 0;
}

}  // namespace violet
