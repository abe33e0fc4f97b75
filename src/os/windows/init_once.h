// One-time initialisation, for uv_once_t and for the library's own Once.
#pragma once

#include <windows.h>

namespace violet {

inline BOOL CALLBACK call_parameter(INIT_ONCE*, void* parameter, void**) {
  (*static_cast<void (**)()>(parameter))();
  return TRUE;
}

// Calls `function` in the first call with this `once`; the others return when it has returned.
// False when Windows refuses.
inline bool call_once(INIT_ONCE& once, void (*function)()) {
  return InitOnceExecuteOnce(&once, call_parameter, &function, nullptr) != FALSE;
}

}  // namespace violet
