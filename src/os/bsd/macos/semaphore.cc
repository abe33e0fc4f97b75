// Semaphores, of the Mach kernel: this system has none of POSIX's in memory.
#include <mach/mach.h>

#include <climits>
#include <cstdlib>

#include "os/locks.h"

namespace violet {
namespace {

void require_success(kern_return_t result) {
  if (result != KERN_SUCCESS) std::abort();
}

}  // namespace

int semaphore_init(uv_sem_t* semaphore, unsigned value) {
  if (value > INT_MAX) return UV_EINVAL;
  switch (
      semaphore_create(mach_task_self(), semaphore, SYNC_POLICY_FIFO, static_cast<int>(value))) {
    case KERN_SUCCESS:
      return 0;
    case KERN_RESOURCE_SHORTAGE:
      return UV_ENOMEM;
    default:
      return UV_EINVAL;
  }
}

// Overloads of the kernel's functions of these names, which take a port by value.
void semaphore_destroy(uv_sem_t* semaphore) {
  require_success(::semaphore_destroy(mach_task_self(), *semaphore));
}

void semaphore_post(uv_sem_t* semaphore) {
  require_success(semaphore_signal(*semaphore));
}

void semaphore_wait(uv_sem_t* semaphore) {
  kern_return_t result;
  do {
    result = ::semaphore_wait(*semaphore);
  } while (result == KERN_ABORTED);  // By a signal.
  require_success(result);
}

int semaphore_try_wait(uv_sem_t* semaphore) {
  kern_return_t result;
  do {
    result = semaphore_timedwait(*semaphore, {0, 0});
  } while (result == KERN_ABORTED);
  if (result == KERN_OPERATION_TIMED_OUT) return UV_EAGAIN;
  require_success(result);
  return 0;
}

}  // namespace violet
