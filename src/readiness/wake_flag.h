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
  // To be called when the wait has ended, before the loop looks into its inbox: a wake from then on
  // has to be passed to the kernel again.
  void lower() { raised_.store(false, std::memory_order_seq_cst); }
  // Notes a wake that the kernel will report although it was not raised here.
  void raise_unasked() { raised_.store(true, std::memory_order_seq_cst); }
  // For the loop's thread. It sees a wake at the latest when it announces that it sleeps.
  bool is_raised() const { return raised_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> raised_{false};
};

}  // namespace violet
