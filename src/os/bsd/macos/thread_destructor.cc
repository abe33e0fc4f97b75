#include "os/posix/thread_destructor.h"

// The system's own, which no header has.
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" void _tlv_atexit(void (*function)(void*), void* argument);

namespace violet {

bool add_thread_destructor(void (*function)(void*), void* argument) {
  _tlv_atexit(function, argument);
  return true;
}

}  // namespace violet
