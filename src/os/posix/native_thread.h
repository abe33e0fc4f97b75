// The POSIX objects inside the classes of os/thread.h.
#pragma once

#include <pthread.h>
#include <signal.h>

namespace violet {

using NativeMutex = pthread_mutex_t;
using NativeCondition = pthread_cond_t;
using NativeOnce = pthread_once_t;
using NativeThread = pthread_t;
using NativeSignalMask = sigset_t;

inline constexpr NativeMutex kNativeMutexInit = PTHREAD_MUTEX_INITIALIZER;
inline constexpr NativeOnce kNativeOnceInit = PTHREAD_ONCE_INIT;

}  // namespace violet
