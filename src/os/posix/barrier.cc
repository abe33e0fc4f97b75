// Barriers: an option of POSIX that macOS does not have.
#include <pthread.h>

#include "base/error.h"
#include "os/locks.h"
#include "os/posix/require.h"

namespace violet {
namespace {

static_assert(sizeof(pthread_barrier_t) <= sizeof(uv_barrier_t));

// The public struct may be opaque, because its size differs between C libraries.
pthread_barrier_t* native(uv_barrier_t* barrier) {
  return reinterpret_cast<pthread_barrier_t*>(barrier);
}

}  // namespace

int barrier_init(uv_barrier_t* barrier, unsigned count) {
  return error_from_errno(pthread_barrier_init(native(barrier), nullptr, count));
}

bool barrier_wait(uv_barrier_t* barrier) {
  int result = pthread_barrier_wait(native(barrier));
  if (result == PTHREAD_BARRIER_SERIAL_THREAD) return true;
  require(result);
  return false;
}

void barrier_destroy(uv_barrier_t* barrier) {
  require(pthread_barrier_destroy(native(barrier)));
}

}  // namespace violet
