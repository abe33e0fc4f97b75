#include "os/locks.h"

#include <cstdlib>

namespace violet {
namespace {

constexpr std::uint64_t kNanosecondsPerMillisecond = 1'000'000;

static_assert(sizeof(CONDITION_VARIABLE) <= sizeof(uv_cond_t));
static_assert(sizeof(SRWLOCK) <= sizeof(uv_rwlock_t));
static_assert(sizeof(SYNCHRONIZATION_BARRIER) <= sizeof(uv_barrier_t));
static_assert(sizeof(INIT_ONCE) <= sizeof(uv_once_t));

CONDITION_VARIABLE* native(uv_cond_t* condition) {
  return reinterpret_cast<CONDITION_VARIABLE*>(condition);
}

SRWLOCK* native(uv_rwlock_t* lock) {
  return reinterpret_cast<SRWLOCK*>(lock);
}

SYNCHRONIZATION_BARRIER* native(uv_barrier_t* barrier) {
  return reinterpret_cast<SYNCHRONIZATION_BARRIER*>(barrier);
}

void require(bool success) {
  if (!success) std::abort();
}

// Rounded up, so that a wait never ends early.
DWORD milliseconds(std::uint64_t nanoseconds) {
  std::uint64_t whole = nanoseconds / kNanosecondsPerMillisecond;
  if (nanoseconds % kNanosecondsPerMillisecond != 0) ++whole;
  return whole >= INFINITE ? INFINITE - 1 : static_cast<DWORD>(whole);
}

BOOL CALLBACK call_function(INIT_ONCE*, void* parameter, void**) {
  (*static_cast<void (**)()>(parameter))();
  return TRUE;
}

}  // namespace

int mutex_init(uv_mutex_t* mutex) {
  InitializeCriticalSection(mutex);
  return 0;
}

// Critical sections are recursive anyway.
int mutex_init_recursive(uv_mutex_t* mutex) {
  return mutex_init(mutex);
}

void mutex_destroy(uv_mutex_t* mutex) {
  DeleteCriticalSection(mutex);
}

void mutex_lock(uv_mutex_t* mutex) {
  EnterCriticalSection(mutex);
}

int mutex_try_lock(uv_mutex_t* mutex) {
  return TryEnterCriticalSection(mutex) ? 0 : UV_EBUSY;
}

void mutex_unlock(uv_mutex_t* mutex) {
  LeaveCriticalSection(mutex);
}

int rwlock_init(uv_rwlock_t* lock) {
  InitializeSRWLock(native(lock));
  return 0;
}

void rwlock_destroy(uv_rwlock_t*) {}

void rwlock_lock_shared(uv_rwlock_t* lock) {
  AcquireSRWLockShared(native(lock));
}

int rwlock_try_lock_shared(uv_rwlock_t* lock) {
  return TryAcquireSRWLockShared(native(lock)) ? 0 : UV_EBUSY;
}

void rwlock_unlock_shared(uv_rwlock_t* lock) {
  ReleaseSRWLockShared(native(lock));
}

void rwlock_lock(uv_rwlock_t* lock) {
  AcquireSRWLockExclusive(native(lock));
}

int rwlock_try_lock(uv_rwlock_t* lock) {
  return TryAcquireSRWLockExclusive(native(lock)) ? 0 : UV_EBUSY;
}

void rwlock_unlock(uv_rwlock_t* lock) {
  ReleaseSRWLockExclusive(native(lock));
}

int semaphore_init(uv_sem_t* semaphore, unsigned value) {
  if (value > static_cast<unsigned>(LONG_MAX)) return UV_EINVAL;
  *semaphore = CreateSemaphoreW(nullptr, static_cast<LONG>(value), LONG_MAX, nullptr);
  return *semaphore == nullptr ? UV_ENOMEM : 0;
}

void semaphore_destroy(uv_sem_t* semaphore) {
  require(CloseHandle(*semaphore));
}

void semaphore_post(uv_sem_t* semaphore) {
  require(ReleaseSemaphore(*semaphore, 1, nullptr));
}

void semaphore_wait(uv_sem_t* semaphore) {
  require(WaitForSingleObject(*semaphore, INFINITE) == WAIT_OBJECT_0);
}

int semaphore_try_wait(uv_sem_t* semaphore) {
  DWORD result = WaitForSingleObject(*semaphore, 0);
  if (result == WAIT_TIMEOUT) return UV_EAGAIN;
  require(result == WAIT_OBJECT_0);
  return 0;
}

int condition_init(uv_cond_t* condition) {
  InitializeConditionVariable(native(condition));
  return 0;
}

void condition_destroy(uv_cond_t*) {}

void condition_signal(uv_cond_t* condition) {
  WakeConditionVariable(native(condition));
}

void condition_broadcast(uv_cond_t* condition) {
  WakeAllConditionVariable(native(condition));
}

void condition_wait(uv_cond_t* condition, uv_mutex_t* mutex) {
  require(SleepConditionVariableCS(native(condition), mutex, INFINITE));
}

int condition_timed_wait(uv_cond_t* condition, uv_mutex_t* mutex, std::uint64_t timeout) {
  if (SleepConditionVariableCS(native(condition), mutex, milliseconds(timeout))) return 0;
  require(GetLastError() == ERROR_TIMEOUT);
  return UV_ETIMEDOUT;
}

int barrier_init(uv_barrier_t* barrier, unsigned count) {
  constexpr LONG kDefaultSpins = -1;
  if (count == 0 || count > static_cast<unsigned>(LONG_MAX)) return UV_EINVAL;
  BOOL made =
      InitializeSynchronizationBarrier(native(barrier), static_cast<LONG>(count), kDefaultSpins);
  return made ? 0 : UV_ENOMEM;
}

bool barrier_wait(uv_barrier_t* barrier) {
  return EnterSynchronizationBarrier(native(barrier), 0) != 0;
}

void barrier_destroy(uv_barrier_t* barrier) {
  DeleteSynchronizationBarrier(native(barrier));
}

void once_call(uv_once_t* guard, void (*function)()) {
  INIT_ONCE* once = reinterpret_cast<INIT_ONCE*>(guard);
  require(InitOnceExecuteOnce(once, call_function, &function, nullptr));
}

int key_create(uv_key_t* key) {
  *key = TlsAlloc();
  return *key == TLS_OUT_OF_INDEXES ? UV_ENOMEM : 0;
}

void key_delete(uv_key_t* key) {
  require(TlsFree(*key));
}

void* key_get(uv_key_t* key) {
  return TlsGetValue(*key);
}

void key_set(uv_key_t* key, void* value) {
  require(TlsSetValue(*key, value));
}

}  // namespace violet
