// Whether a loop is being woken, so that many wakes cost one system call.
#pragma once

#include <atomic>

namespace violet {

// Any thread, and signal handlers. Lock-free.
class WakeFlag {
 public:
  // True for the caller that has to wake the kernel's wait; the others come while that is under
  // way.
  bool raise() { return !raised_.exchange(true, std::memory_order_seq_cst); }
  // When the wait has ended by it, before the loop looks into its inbox: a wake from then on has to
  // be told to the kernel again.
  void lower() { raised_.store(false, std::memory_order_seq_cst); }
  // A wake that the kernel will tell of although nobody here has raised the flag.
  void raise_unasked() { raised_.store(true, std::memory_order_seq_cst); }
  // For the loop's thread. It sees a wake at the latest when it announces that it sleeps.
  bool is_raised() const { return raised_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> raised_{false};
};

}  // namespace violet
