// The ring that carries a loop's interest, writes and waits, and the thread that alone may submit
// to it.
#pragma once

#include <uv.h>

#include <cstdint>

#include "os/clock.h"
#include "uring/ring.h"

namespace violet {

// Polite to whoever shares the thread: no interrupts for completions.
inline constexpr unsigned int kPoliteSetup = IORING_SETUP_SUBMIT_ALL | IORING_SETUP_TASKRUN_FLAG;

class LoopRing : public Ring {
 public:
  // 0 or a negative UV_E*.
  int open();
  // As open(), but waits a moment for memory that is about to be freed. Not for a running loop,
  // which tries again with its next wait anyway.
  int open_patiently();

  // Makes the calling thread the one that may submit. 0 or a negative UV_E*.
  int enable();
  void close() {
    Ring::close();
    enabled_ = false;
  }

  // Something may have been asked of it.
  bool is_enabled() const { return enabled_; }
  // Enabled, by the calling thread of this process.
  bool is_mine() const;
  // Enabled, by another thread of this process.
  bool is_elsewhere() const;

  // From the next open() on, the ring's descriptor tells of completions without a wait of ours.
  // False if it does so already.
  bool embed();

 private:
  std::uint64_t owner_ = 0;
  bool enabled_ = false;
  bool embedded_ = false;  // somebody waits on the ring by its descriptor
};

// A ring counts as locked memory of its user. The kernel releases that some time after the ring is
// closed; up to 32 ms were seen with 6.18. So a program that makes and closes loops in turn may get
// UV_ENOMEM where waiting a little helps.
template <typename Attempt>
int once_memory_is_back(Attempt attempt) {
  constexpr int kAttempts = 100;
  int error = attempt();
  for (int i = 1; error == UV_ENOMEM && i < kAttempts; ++i) {
    sleep_ms(1);
    error = attempt();
  }
  return error;
}

}  // namespace violet
