// Threads and locks for the library's own use. Misuse (unlocking an unlocked mutex and the like)
// aborts: going on with a broken lock would corrupt memory.
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef _WIN32
#include "os/windows/native_thread.h"
#else
#include "os/posix/native_thread.h"
#endif

namespace violet {

// Not recursive. Constant-initialized and trivially destroyed, so it may be a global.
class Mutex {
 public:
  constexpr Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock();
  void unlock();
  bool try_lock();

 private:
  friend class Condition;
  NativeMutex native_ = kNativeMutexInit;
};

class MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits may wake without cause; callers test their predicate in a loop. Choosing the monotonic
// clock takes a call, so this is not constant-initialized: do not make it a global.
class Condition {
 public:
  Condition();
  ~Condition();
  Condition(const Condition&) = delete;
  Condition& operator=(const Condition&) = delete;

  void wait(Mutex& mutex);
  // False when `nanoseconds` have passed without a wake-up.
  bool wait_for(Mutex& mutex, std::uint64_t nanoseconds);
  void signal();
  void broadcast();

 private:
  NativeCondition native_;
};

// Runs a function once per object, whichever thread comes first; the others wait for it.
class Once {
 public:
  constexpr Once() = default;
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;

  void call(void (*function)());

 private:
  NativeOnce native_ = kNativeOnceInit;
};

// Lets another thread run, for the rare spin on something that is about to happen.
void yield_thread();

// Which signals do not interrupt a thread, where threads can choose.
class SignalMask {
 public:
  // As the calling thread has it.
  static SignalMask own();

 private:
  friend class Thread;
  // Of no use where threads have no mask.
  [[maybe_unused]] NativeSignalMask native_ = {};
};

struct ThreadOptions {
  const char* name = nullptr;  // Cut to what the system allows (15 bytes on Linux); must outlive
                               // the start of the thread, as a literal does.
  std::size_t stack_size = 0;  // Bytes, rounded up to pages and to the minimum; 0: the default.
  const SignalMask* signals = nullptr;  // From its first moment; null: the caller's.
};

// The caller joins a started thread; the destructor does neither join nor detach. The object stays
// in its place meanwhile: the thread finds there what it is to do, so that starting one takes no
// memory that would be given back at a time of the thread's own.
class Thread {
 public:
  using Entry = void (*)(void* argument);

  Thread() = default;
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  // 0 or a negative UV_E*.
  int start(Entry entry, void* argument, const ThreadOptions& options = {});
  void join();
  // Whether the caller runs on this thread.
  bool is_current() const;
  // In the new thread.
  void run() const;

 private:
  NativeThread native_ = {};
  [[maybe_unused]] NativeSignalMask mask_ = {};
  Entry entry_ = nullptr;
  void* argument_ = nullptr;
  const char* name_ = nullptr;
};

}  // namespace violet
