// membarrier(2).
#include "os/process_barrier.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "os/clock.h"

namespace violet {
namespace {

enum class Barrier : int { kNotAsked, kThere, kRefused };

std::atomic<Barrier> barrier{Barrier::kNotAsked};

bool succeeds(int command) {
  const int saved_errno = errno;
  const bool is_done = syscall(SYS_membarrier, command, 0, 0) == 0;
  errno = saved_errno;
  return is_done;
}

bool is_registered() {
#ifdef __SANITIZE_THREAD__
  // It takes a barrier of this kind for none.
  return false;
#else
  return succeeds(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
#endif
}

}  // namespace

bool has_process_barrier() {
  Barrier known = barrier.load(std::memory_order_relaxed);
  if (known == Barrier::kNotAsked) {
    known = is_registered() ? Barrier::kThere : Barrier::kRefused;
    barrier.store(known, std::memory_order_relaxed);
  }
  return known == Barrier::kThere;
}

void process_barrier() {
  if (succeeds(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) return;
  // A forked child may not be registered yet.
  if (is_registered() && succeeds(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) return;
  // A filter refuses it that was not there when we asked. A store leaves its processor within
  // nanoseconds, so a moment is as good, and nobody will rely on more.
  barrier.store(Barrier::kRefused, std::memory_order_relaxed);
  sleep_ms(1);
}

}  // namespace violet
