// Waking the loop from other threads.
#include "iocp/engine_class.h"

namespace violet {

void IocpEngine::wake() {
  if (wake_is_under_way_.exchange(true, std::memory_order_seq_cst)) return;
  // Posting fails only when the system is out of memory for the packet; then a later wake tries
  // again instead of believing that this one is under way.
  if (!port_.post(nullptr)) {
    wake_is_under_way_.store(false, std::memory_order_seq_cst);
  }
}

// There is no fork(2) on Windows.
int IocpEngine::after_fork() {
  return UV_ENOSYS;
}

}  // namespace violet
