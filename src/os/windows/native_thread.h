// The Windows objects inside the classes of os/thread.h, as plain words of the same layout, which
// keeps <windows.h> out of every file that needs a lock.
#pragma once

namespace violet {

struct NativeMutex {
  void* lock;  // SRWLOCK
};
struct NativeCondition {
  void* variable;  // CONDITION_VARIABLE
};
struct NativeOnce {
  void* once;  // INIT_ONCE
};
struct NativeThread {
  void* handle;
  unsigned long id;
};
// Signals come to threads of their own.
struct NativeSignalMask {};

inline constexpr NativeMutex kNativeMutexInit = {nullptr};
inline constexpr NativeOnce kNativeOnceInit = {nullptr};

}  // namespace violet
