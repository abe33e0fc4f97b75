// Barriers, made of a mutex and a condition: this system has none.
#include <pthread.h>

#include <cstdlib>

#include "base/allocator.h"
#include "os/locks.h"
#include "os/thread.h"

namespace violet {
namespace {

struct Barrier {
  explicit Barrier(unsigned count) : size(count) {}

  Mutex mutex;
  Condition changed;
  const unsigned size;
  unsigned waiting = 0;  // of this round
  unsigned long round = 0;
  unsigned inside = 0;  // of this round and the one before: threads that still look at the barrier
};

// What the public struct holds.
Barrier*& place_in(uv_barrier_t* barrier) {
  return *reinterpret_cast<Barrier**>(barrier);
}

void leave(Barrier& barrier) {
  if (--barrier.inside == 0) barrier.changed.broadcast();
}

}  // namespace

int barrier_init(uv_barrier_t* barrier, unsigned count) {
  if (count == 0) return UV_EINVAL;
  place_in(barrier) = create<Barrier>(count);
  return place_in(barrier) == nullptr ? UV_ENOMEM : 0;
}

bool barrier_wait(uv_barrier_t* public_barrier) {
  Barrier& barrier = *place_in(public_barrier);
  MutexLock lock(barrier.mutex);
  ++barrier.inside;
  const bool is_last = ++barrier.waiting == barrier.size;
  if (is_last) {
    barrier.waiting = 0;
    ++barrier.round;
    barrier.changed.broadcast();
  } else {
    const unsigned long round = barrier.round;
    while (barrier.round == round)
      barrier.changed.wait(barrier.mutex);
  }
  leave(barrier);
  return is_last;
}

// The thread that comes out first may destroy the barrier at once; the others are not out yet.
void barrier_destroy(uv_barrier_t* public_barrier) {
  Barrier& barrier = *place_in(public_barrier);
  {
    MutexLock lock(barrier.mutex);
    if (barrier.waiting != 0) std::abort();
    while (barrier.inside != 0)
      barrier.changed.wait(barrier.mutex);
  }
  destroy(&barrier);
}

}  // namespace violet
