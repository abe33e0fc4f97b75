#include "os/exit.h"

#include <unistd.h>

#include <cstdlib>

namespace violet {
namespace {

void (*at_process_end)() = nullptr;

// A child that was not made by fork(2) has this process's memory without having been told.
pid_t process = 0;

void call_function(void* function) {
  if (process == getpid()) reinterpret_cast<void (*)()>(function)();
}

// A destructor of the library itself runs after the handlers of atexit(3), and of the program.
__attribute__((destructor)) void process_ends() {
  if (at_process_end != nullptr) call_function(reinterpret_cast<void*>(at_process_end));
}

}  // namespace

// What compilers make thread_local destructors of; called directly, the library needs no C++
// runtime for it. C libraries without it run the function when the process ends only.
extern "C" __attribute__((weak)) int add_thread_destructor(
    void (*function)(void*), void* argument, void* library) __asm__("__cxa_thread_atexit_impl");
extern "C" __attribute__((visibility("hidden"))) void* __dso_handle;

void call_at_thread_end(void (*function)()) {
  if (add_thread_destructor == nullptr) {
    std::atexit(function);
    return;
  }
  add_thread_destructor(call_function, reinterpret_cast<void*>(function), &__dso_handle);
}

void call_at_process_end(void (*function)()) {
  at_process_end = function;
  process = getpid();
}

}  // namespace violet
