#include "os/locks.h"

#include <climits>
#include <cstdlib>
#include <new>

#include "os/windows/init_once.h"
#include "os/windows/wait_time.h"

namespace violet {
namespace {

// The system's own barrier is missing in Windows 7 and Wine.
struct Barrier {
  SRWLOCK lock = SRWLOCK_INIT;
  CONDITION_VARIABLE changed = CONDITION_VARIABLE_INIT;
  unsigned count = 0;
  unsigned arrived = 0;     // Threads that wait for the rest of their round.
  unsigned inside = 0;      // Threads that have not left yet; destroying waits for them.
  unsigned generation = 0;  // The number of the round.
};

void sleep_on(Barrier& barrier) {
  SleepConditionVariableSRW(&barrier.changed, &barrier.lock, INFINITE, 0);
}

static_assert(sizeof(CONDITION_VARIABLE) <= sizeof(uv_cond_t));
static_assert(sizeof(SRWLOCK) <= sizeof(uv_rwlock_t));
static_assert(sizeof(Barrier) <= sizeof(uv_barrier_t));
static_assert(sizeof(INIT_ONCE) <= sizeof(uv_once_t));

CONDITION_VARIABLE* native(uv_cond_t* condition) {
  return reinterpret_cast<CONDITION_VARIABLE*>(condition);
}

SRWLOCK* native(uv_rwlock_t* lock) {
  return reinterpret_cast<SRWLOCK*>(lock);
}

Barrier& native(uv_barrier_t* barrier) {
  return *reinterpret_cast<Barrier*>(barrier);
}

void require(bool success) {
  if (!success) std::abort();
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
  if (SleepConditionVariableCS(native(condition), mutex, wait_milliseconds(timeout))) return 0;
  require(GetLastError() == ERROR_TIMEOUT);
  return UV_ETIMEDOUT;
}

int barrier_init(uv_barrier_t* barrier, unsigned count) {
  if (count == 0) return UV_EINVAL;
  Barrier* made = new (barrier) Barrier();
  made->count = count;
  return 0;
}

bool barrier_wait(uv_barrier_t* opaque) {
  Barrier& barrier = native(opaque);
  AcquireSRWLockExclusive(&barrier.lock);
  ++barrier.inside;
  bool is_last = ++barrier.arrived == barrier.count;
  if (is_last) {
    barrier.arrived = 0;
    ++barrier.generation;
    WakeAllConditionVariable(&barrier.changed);
  } else {
    unsigned round = barrier.generation;
    while (barrier.generation == round)
      sleep_on(barrier);
  }
  if (--barrier.inside == 0) WakeAllConditionVariable(&barrier.changed);
  ReleaseSRWLockExclusive(&barrier.lock);
  return is_last;
}

void barrier_destroy(uv_barrier_t* opaque) {
  Barrier& barrier = native(opaque);
  AcquireSRWLockExclusive(&barrier.lock);
  while (barrier.inside != 0)
    sleep_on(barrier);
  ReleaseSRWLockExclusive(&barrier.lock);
}

void once_call(uv_once_t* guard, void (*function)()) {
  require(call_once(*reinterpret_cast<INIT_ONCE*>(guard), function));
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
