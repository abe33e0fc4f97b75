// Environment variables.
#pragma once

#include <cstddef>

namespace violet {

// Copies a variable's value, cut to the buffer and always terminated when `size` > 0. The value's
// full length, or -1 when the variable is not set; a result >= `size` means that it was cut.
int environment_value(const char* name, char* buffer, std::size_t size);

}  // namespace violet
