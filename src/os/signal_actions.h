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

  const sigset_t& before() const { return before_; }

 private:
  sigset_t before_;
};

// What a signal does to the process, as sigaction(2) tells it. Zeroes are the default action.
using SignalAction = struct sigaction;

// How a signal is caught: `handler` runs, with every signal blocked, and interrupted system calls
// go on. `once`: the default action is back the moment the signal comes.
SignalAction catching_action(void (*handler)(int), bool once);
inline bool is_default(const SignalAction& action) {
  return action.sa_handler == SIG_DFL;
}
inline bool is_caught_by(const SignalAction& action, void (*handler)(int)) {
  return action.sa_handler == handler;
}
// 0, or UV_EINVAL for a signal that does not exist or whose action cannot be changed.
int get_signal_action(int number, SignalAction& action);
int set_signal_action(int number, const SignalAction& action);

// Changes an action under which the kernel reaps children by itself (SIGCHLD's only) into one that
// leaves them to their parent. False if it is none.
bool keep_children(SignalAction& action);

}  // namespace violet
