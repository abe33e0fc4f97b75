// What os/signal_actions.h keeps of a POSIX system's signals.
#pragma once

#include <signal.h>

namespace violet {

using NativeSignalAction = struct sigaction;
using NativeBlockedSignals = sigset_t;

#ifdef _SIG_MAXSIG
// FreeBSD's NSIG counts the signals of old only.
inline constexpr int kNativeSignalLimit = _SIG_MAXSIG + 1;
#else
inline constexpr int kNativeSignalLimit = NSIG;
#endif
inline constexpr int kNativeChildSignal = SIGCHLD;
inline constexpr int kNativeProfilingSignal = SIGPROF;

}  // namespace violet
