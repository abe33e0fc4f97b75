// Environment variables.
#pragma once

#include <cstddef>

#include "uv.h"

namespace violet {

// For the library's own settings. Copies a variable's value, cut to the buffer and always
// terminated when `size` > 0. The value's full length, or -1 when the variable is not set; a result
// >= `size` means that it was cut. In a program that runs with more rights than its user every
// variable counts as not set, because that user must not choose what the program does.
int environment_value(const char* name, char* buffer, std::size_t size);

// Like os/output_text.h; UV_ENOENT when the variable is not set.
int get_environment(const char* name, char* buffer, std::size_t* size);
int set_environment(const char* name, const char* value);
int unset_environment(const char* name);

// All variables, in one block of memory for release(). 0 or UV_ENOMEM.
int list_environment(uv_env_item_t** items, int* count);

}  // namespace violet
