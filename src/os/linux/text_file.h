// Small kernel files (/proc, /sys) as text.
#pragma once

#include <cstddef>

#include "base/allocator.h"

namespace violet {

// Reads a file into `buffer`, cut to `size` with its terminator. The length or a negative UV_E*.
int read_text_file(const char* path, char* buffer, std::size_t size);

// Reads a file whole, whatever its length. Null when it cannot be read or memory is out.
Owned<char> read_whole_text_file(const char* path);

}  // namespace violet
