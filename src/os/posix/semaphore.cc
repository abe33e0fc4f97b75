// Semaphores in memory: an option of POSIX that macOS does not have.
#include <semaphore.h>

#include <cerrno>

#include "base/error.h"
#include "os/locks.h"
#include "os/posix/require.h"

namespace violet {

static_assert(sizeof(sem_t) <= sizeof(uv_sem_t));

int semaphore_init(uv_sem_t* semaphore, unsigned value) {
  return sem_init(semaphore, 0, value) == 0 ? 0 : last_error();
}

void semaphore_destroy(uv_sem_t* semaphore) {
  require(sem_destroy(semaphore));
}

void semaphore_post(uv_sem_t* semaphore) {
  require(sem_post(semaphore));
}

void semaphore_wait(uv_sem_t* semaphore) {
  while (sem_wait(semaphore) != 0) {
    if (errno != EINTR) require(errno);
  }
}

int semaphore_try_wait(uv_sem_t* semaphore) {
  while (sem_trywait(semaphore) != 0) {
    if (errno == EAGAIN) return UV_EAGAIN;
    if (errno != EINTR) require(errno);
  }
  return 0;
}

}  // namespace violet
