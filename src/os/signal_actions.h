// What the process does when a signal comes. The calls are safe in signal handlers.
#pragma once

#include <signal.h>

namespace violet {

// Signals are numbered 1 to 64.
inline constexpr int kSignalLimit = 65;

// Keeps every signal from interrupting the calling thread.
void block_signals(sigset_t& before);
void restore_signals(const sigset_t& before);

class SignalsBlocked {
 public:
  SignalsBlocked() { block_signals(before_); }
  ~SignalsBlocked() { restore_signals(before_); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

enum class SignalAction : unsigned char {
  kDefault,
  kCatch,      // the handler runs, with every signal blocked; interrupted system calls go on
  kCatchOnce,  // as kCatch, and the default is back the moment the signal comes
};

// 0, or UV_EINVAL for a signal that does not exist or cannot be caught.
int set_signal_action(int number, SignalAction action, void (*handler)(int));

}  // namespace violet
