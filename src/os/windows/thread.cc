#include "os/thread.h"

#include <process.h>
#include <windows.h>

#include <cerrno>
#include <climits>
#include <cstdlib>

#include "os/thread_name.h"
#include "os/windows/init_once.h"
#include "os/windows/wait_time.h"
#include "uv.h"

namespace violet {
namespace {

static_assert(sizeof(NativeMutex) == sizeof(SRWLOCK));
static_assert(sizeof(NativeCondition) == sizeof(CONDITION_VARIABLE));
static_assert(sizeof(NativeOnce) == sizeof(INIT_ONCE));

SRWLOCK* native(NativeMutex& mutex) {
  return reinterpret_cast<SRWLOCK*>(&mutex);
}

CONDITION_VARIABLE* native(NativeCondition& condition) {
  return reinterpret_cast<CONDITION_VARIABLE*>(&condition);
}

unsigned __stdcall run_thread(void* argument) {
  static_cast<const Thread*>(argument)->run();
  return 0;
}

// Keeps uv.dll loaded: a program may call FreeLibrary() while threads of the library, which nobody
// joins, still run its code. Harmless if the library is linked statically.
void stay_loaded() {
  HMODULE module = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<LPCWSTR>(&stay_loaded), &module);
}

}  // namespace

void Mutex::lock() {
  AcquireSRWLockExclusive(native(native_));
}

void Mutex::unlock() {
  ReleaseSRWLockExclusive(native(native_));
}

bool Mutex::try_lock() {
  return TryAcquireSRWLockExclusive(native(native_)) != 0;
}

Condition::Condition() {
  InitializeConditionVariable(native(native_));
}

// A condition variable of Windows holds no resources.
Condition::~Condition() {}

void Condition::wait(Mutex& mutex) {
  if (!SleepConditionVariableSRW(native(native_), native(mutex.native_), INFINITE, 0)) std::abort();
}

bool Condition::wait_for(Mutex& mutex, std::uint64_t nanoseconds) {
  if (SleepConditionVariableSRW(native(native_), native(mutex.native_),
                                wait_milliseconds(nanoseconds), 0)) {
    return true;
  }
  if (GetLastError() != ERROR_TIMEOUT) std::abort();
  return false;
}

void Condition::signal() {
  WakeConditionVariable(native(native_));
}

void Condition::broadcast() {
  WakeAllConditionVariable(native(native_));
}

void Once::call(void (*function)()) {
  if (!call_once(*reinterpret_cast<INIT_ONCE*>(&native_), function)) std::abort();
}

SignalMask SignalMask::own() {
  return SignalMask();
}

int Thread::start(Entry entry, void* argument, const ThreadOptions& options) {
  if (options.stack_size > UINT_MAX) return UV_EINVAL;
  entry_ = entry;
  argument_ = argument;
  name_ = options.name;
  stay_loaded();
  unsigned id = 0;
  std::uintptr_t handle = _beginthreadex(nullptr, static_cast<unsigned>(options.stack_size),
                                         run_thread, this, STACK_SIZE_PARAM_IS_A_RESERVATION, &id);
  if (handle == 0) return errno == EAGAIN ? UV_EAGAIN : UV_ENOMEM;
  native_ = {reinterpret_cast<void*>(handle), id};
  return 0;
}

void Thread::run() const {
  if (name_ != nullptr) set_current_thread_name(name_);
  entry_(argument_);
}

void Thread::join() {
  if (WaitForSingleObject(native_.handle, INFINITE) != WAIT_OBJECT_0) std::abort();
  CloseHandle(native_.handle);
}

bool Thread::is_current() const {
  return GetCurrentThreadId() == native_.id;
}

void yield_thread() {
  SwitchToThread();
}

}  // namespace violet
