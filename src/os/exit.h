// The end of a thread and of the process, as far as a library can have a part in it. Systems
// without such hooks do nothing.
#pragma once

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
#endif

namespace violet {

// Has `function` called by the thread that ends the process by exit() or by returning from main(),
// after the program's own handlers and destructors. One function for each process: a forked child
// has none before it calls this anew, and no other calls below either.
void call_at_process_end(void (*function)());

// Has `function` called when the calling thread ends, or when it ends the process as above: before
// anything else that runs then, so that what the program keeps outside of stacks is still there.
void call_at_thread_end(void (*function)());

// Where the caller's stack frame lies. The frames of its callers lie at higher addresses.
inline const void* current_frame() {
#if defined(_MSC_VER) && !defined(__clang__)
  return _AddressOfReturnAddress();
#else
  return __builtin_frame_address(0);
#endif
}

}  // namespace violet
