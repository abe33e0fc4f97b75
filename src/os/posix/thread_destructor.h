// What compilers make destructors of thread_local objects of; called directly, the library needs no
// C++ runtime for it.
#pragma once

namespace violet {

// Has `function(argument)` called when the calling thread ends. False where the C library has no
// such thing.
bool add_thread_destructor(void (*function)(void*), void* argument);

}  // namespace violet
