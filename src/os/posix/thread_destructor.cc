#include "os/posix/thread_destructor.h"

namespace violet {

extern "C" __attribute__((weak)) int add_native_destructor(
    void (*function)(void*), void* argument, void* library) __asm__("__cxa_thread_atexit_impl");
extern "C" __attribute__((visibility("hidden"))) void* __dso_handle;

bool add_thread_destructor(void (*function)(void*), void* argument) {
  return add_native_destructor != nullptr &&
         add_native_destructor(function, argument, &__dso_handle) == 0;
}

}  // namespace violet
