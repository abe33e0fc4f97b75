// Writing to consoles, which take UTF-16.
#pragma once

#include <windows.h>

#include <cstdint>

#include "uv.h"

namespace violet {

bool is_console(HANDLE handle);

// Writes all of it, and waits until the console has taken it: the bytes, or a negative UV_E*.
// Malformed UTF-8 becomes U+FFFD. The bytes of one letter may come in two calls.
std::int64_t write_to_console(HANDLE console, const uv_buf_t* buffers, unsigned int count);

// os/tty.h; the console is one of those that were opened.
void prepare_console_output(HANDLE console);

}  // namespace violet
