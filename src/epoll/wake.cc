// Waking the loop from other threads and signal handlers, and starting over after fork(2).
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "epoll/engine_class.h"

namespace violet {

void EpollEngine::wake() {
  if (!wake_flag_.raise()) return;
  int saved_errno = errno;
  const std::uint64_t one = 1;
  // It cannot fail but for an interruption: the counter never gets near its limit.
  while (::write(wake_event_, &one, sizeof(one)) < 0 && errno == EINTR) {
  }
  errno = saved_errno;
}

int EpollEngine::after_fork() {
  // Parent and child share the epoll instance; the child must neither take its events nor change
  // it.
  close_kernel_objects();
  if (int error = open_kernel_objects(); error != 0) return error;
  return watch_all_anew();
}

void EpollEngine::block_signal(int signal_number) {
  blocks_signal_ = signal_number != 0;
  sigemptyset(&blocked_);
  if (blocks_signal_) sigaddset(&blocked_, signal_number);
}

}  // namespace violet
