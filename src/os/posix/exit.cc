#include "os/exit.h"

#include <unistd.h>

#include <cstdlib>

#include "os/posix/thread_destructor.h"

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

void call_at_thread_end(void (*function)()) {
  if (!add_thread_destructor(call_function, reinterpret_cast<void*>(function))) {
    std::atexit(function);
  }
}

void call_at_process_end(void (*function)()) {
  at_process_end = function;
  process = getpid();
}

}  // namespace violet
