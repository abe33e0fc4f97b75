#include "os/locks.h"

#include <pthread.h>

#include <cerrno>

#include "base/error.h"
#include "os/posix/require.h"
#include "os/posix/timed_condition.h"

namespace violet {
namespace {

static_assert(sizeof(pthread_rwlock_t) <= sizeof(uv_rwlock_t));

// The public struct may be opaque, because its size differs between C libraries.
pthread_rwlock_t* native(uv_rwlock_t* lock) {
  return reinterpret_cast<pthread_rwlock_t*>(lock);
}

int init_mutex_of_type(uv_mutex_t* mutex, int type) {
  pthread_mutexattr_t attributes;
  int error = pthread_mutexattr_init(&attributes);
  if (error != 0) return error_from_errno(error);
  require(pthread_mutexattr_settype(&attributes, type));
  error = pthread_mutex_init(mutex, &attributes);
  pthread_mutexattr_destroy(&attributes);
  return error_from_errno(error);
}

// For the `try` calls: every error but "held by another" is misuse. EAGAIN says that the lock has
// as many readers as it can count.
int result_of_try(int error) {
  if (error == 0) return 0;
  if (error != EBUSY && error != EAGAIN) require(error);
  return UV_EBUSY;
}

}  // namespace

int mutex_init(uv_mutex_t* mutex) {
  return init_mutex_of_type(mutex, PTHREAD_MUTEX_NORMAL);
}

int mutex_init_recursive(uv_mutex_t* mutex) {
  return init_mutex_of_type(mutex, PTHREAD_MUTEX_RECURSIVE);
}

void mutex_destroy(uv_mutex_t* mutex) {
  require(pthread_mutex_destroy(mutex));
}

void mutex_lock(uv_mutex_t* mutex) {
  require(pthread_mutex_lock(mutex));
}

int mutex_try_lock(uv_mutex_t* mutex) {
  return result_of_try(pthread_mutex_trylock(mutex));
}

void mutex_unlock(uv_mutex_t* mutex) {
  require(pthread_mutex_unlock(mutex));
}

int rwlock_init(uv_rwlock_t* lock) {
  return error_from_errno(pthread_rwlock_init(native(lock), nullptr));
}

void rwlock_destroy(uv_rwlock_t* lock) {
  require(pthread_rwlock_destroy(native(lock)));
}

void rwlock_lock_shared(uv_rwlock_t* lock) {
  require(pthread_rwlock_rdlock(native(lock)));
}

int rwlock_try_lock_shared(uv_rwlock_t* lock) {
  return result_of_try(pthread_rwlock_tryrdlock(native(lock)));
}

void rwlock_unlock_shared(uv_rwlock_t* lock) {
  require(pthread_rwlock_unlock(native(lock)));
}

void rwlock_lock(uv_rwlock_t* lock) {
  require(pthread_rwlock_wrlock(native(lock)));
}

int rwlock_try_lock(uv_rwlock_t* lock) {
  return result_of_try(pthread_rwlock_trywrlock(native(lock)));
}

void rwlock_unlock(uv_rwlock_t* lock) {
  require(pthread_rwlock_unlock(native(lock)));
}

int condition_init(uv_cond_t* condition) {
  return error_from_errno(initialize_timed_condition(condition));
}

void condition_destroy(uv_cond_t* condition) {
  require(pthread_cond_destroy(condition));
}

void condition_signal(uv_cond_t* condition) {
  require(pthread_cond_signal(condition));
}

void condition_broadcast(uv_cond_t* condition) {
  require(pthread_cond_broadcast(condition));
}

void condition_wait(uv_cond_t* condition, uv_mutex_t* mutex) {
  require(pthread_cond_wait(condition, mutex));
}

int condition_timed_wait(uv_cond_t* condition, uv_mutex_t* mutex, std::uint64_t timeout) {
  int error = wait_for_time(condition, mutex, timeout);
  if (error == ETIMEDOUT) return UV_ETIMEDOUT;
  require(error);
  return 0;
}

void once_call(uv_once_t* guard, void (*function)()) {
  require(pthread_once(guard, function));
}

int key_create(uv_key_t* key) {
  return error_from_errno(pthread_key_create(key, nullptr));
}

void key_delete(uv_key_t* key) {
  require(pthread_key_delete(*key));
}

void* key_get(uv_key_t* key) {
  return pthread_getspecific(*key);
}

void key_set(uv_key_t* key, void* value) {
  require(pthread_setspecific(*key, value));
}

}  // namespace violet
