// Names of threads, as debuggers and `top` show them.
#pragma once

#include <cstddef>

namespace violet {

// Cuts a name that is too long for the system. 0 or a negative UV_E*.
int set_current_thread_name(const char* name);

}  // namespace violet
