// Waking the loop from other threads.
#include "iocp/engine_class.h"

namespace violet {

void IocpEngine::wake() {
  if (wake_is_under_way_.exchange(true, std::memory_order_seq_cst)) return;
  port_.post(wake_);
}

// There is no fork(2) on Windows.
int IocpEngine::after_fork() {
  return UV_ENOSYS;
}

}  // namespace violet
