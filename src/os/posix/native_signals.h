// What os/signal_actions.h keeps of a POSIX system's signals.
#pragma once

#include <signal.h>

namespace violet {

using NativeSignalAction = struct sigaction;
using NativeBlockedSignals = sigset_t;

inline constexpr int kNativeChildSignal = SIGCHLD;
inline constexpr int kNativeProfilingSignal = SIGPROF;

}  // namespace violet
