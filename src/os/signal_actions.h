// What the process does when a signal comes. The calls are safe in signal handlers.
#pragma once

#ifdef _WIN32
#include "os/windows/native_signals.h"
#else
#include "os/posix/native_signals.h"
#endif

namespace violet {

// Signals are numbered from 1, and less than this.
inline constexpr int kSignalLimit = kNativeSignalLimit;
inline constexpr int kNoSignal = 0;
// Sent when a child ends; kNoSignal where none is.
inline constexpr int kChildSignal = kNativeChildSignal;
// Sent by a profiler, many times a second; kNoSignal where none is.
inline constexpr int kProfilingSignal = kNativeProfilingSignal;

// Which signals a thread had blocked.
using BlockedSignals = NativeBlockedSignals;

// Keeps every signal from interrupting the calling thread.
void block_signals(BlockedSignals& before);
void restore_signals(const BlockedSignals& before);

class SignalsBlocked {
 public:
  SignalsBlocked() { block_signals(before_); }
  ~SignalsBlocked() { restore_signals(before_); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

  const BlockedSignals& before() const { return before_; }

 private:
  BlockedSignals before_;
};

// What a signal does to the process. Zeroes are the default action.
using SignalAction = NativeSignalAction;

// How a signal is caught: `handler` runs, with every signal blocked, and interrupted system calls
// go on. `once`: the default action is back the moment the signal comes.
SignalAction catching_action(void (*handler)(int), bool once);
bool is_default(const SignalAction& action);
bool is_caught_by(const SignalAction& action, void (*handler)(int));
// 0, or UV_EINVAL for a signal that does not exist or whose action cannot be changed.
int get_signal_action(int number, SignalAction& action);
int set_signal_action(int number, const SignalAction& action);

// Changes an action of the child signal under which the system reaps children by itself into one
// that leaves them to their parent. False if it is none.
bool keep_children(SignalAction& action);

}  // namespace violet
