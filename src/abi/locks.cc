#include "os/locks.h"

#include "uv.h"

int uv_mutex_init(uv_mutex_t* mutex) {
  return violet::mutex_init(mutex);
}
int uv_mutex_init_recursive(uv_mutex_t* mutex) {
  return violet::mutex_init_recursive(mutex);
}
void uv_mutex_destroy(uv_mutex_t* mutex) {
  violet::mutex_destroy(mutex);
}
void uv_mutex_lock(uv_mutex_t* mutex) {
  violet::mutex_lock(mutex);
}
int uv_mutex_trylock(uv_mutex_t* mutex) {
  return violet::mutex_try_lock(mutex);
}
void uv_mutex_unlock(uv_mutex_t* mutex) {
  violet::mutex_unlock(mutex);
}

int uv_rwlock_init(uv_rwlock_t* lock) {
  return violet::rwlock_init(lock);
}
void uv_rwlock_destroy(uv_rwlock_t* lock) {
  violet::rwlock_destroy(lock);
}
void uv_rwlock_rdlock(uv_rwlock_t* lock) {
  violet::rwlock_lock_shared(lock);
}
int uv_rwlock_tryrdlock(uv_rwlock_t* lock) {
  return violet::rwlock_try_lock_shared(lock);
}
void uv_rwlock_rdunlock(uv_rwlock_t* lock) {
  violet::rwlock_unlock_shared(lock);
}
void uv_rwlock_wrlock(uv_rwlock_t* lock) {
  violet::rwlock_lock(lock);
}
int uv_rwlock_trywrlock(uv_rwlock_t* lock) {
  return violet::rwlock_try_lock(lock);
}
void uv_rwlock_wrunlock(uv_rwlock_t* lock) {
  violet::rwlock_unlock(lock);
}

int uv_sem_init(uv_sem_t* semaphore, unsigned value) {
  return violet::semaphore_init(semaphore, value);
}
void uv_sem_destroy(uv_sem_t* semaphore) {
  violet::semaphore_destroy(semaphore);
}
void uv_sem_post(uv_sem_t* semaphore) {
  violet::semaphore_post(semaphore);
}
void uv_sem_wait(uv_sem_t* semaphore) {
  violet::semaphore_wait(semaphore);
}
int uv_sem_trywait(uv_sem_t* semaphore) {
  return violet::semaphore_try_wait(semaphore);
}

int uv_cond_init(uv_cond_t* condition) {
  return violet::condition_init(condition);
}
void uv_cond_destroy(uv_cond_t* condition) {
  violet::condition_destroy(condition);
}
void uv_cond_signal(uv_cond_t* condition) {
  violet::condition_signal(condition);
}
void uv_cond_broadcast(uv_cond_t* condition) {
  violet::condition_broadcast(condition);
}
void uv_cond_wait(uv_cond_t* condition, uv_mutex_t* mutex) {
  violet::condition_wait(condition, mutex);
}
int uv_cond_timedwait(uv_cond_t* condition, uv_mutex_t* mutex, uint64_t timeout) {
  return violet::condition_timed_wait(condition, mutex, timeout);
}

int uv_barrier_init(uv_barrier_t* barrier, unsigned count) {
  return violet::barrier_init(barrier, count);
}
int uv_barrier_wait(uv_barrier_t* barrier) {
  return violet::barrier_wait(barrier) ? 1 : 0;
}
void uv_barrier_destroy(uv_barrier_t* barrier) {
  violet::barrier_destroy(barrier);
}

void uv_once(uv_once_t* guard, void (*callback)()) {
  violet::once_call(guard, callback);
}

int uv_key_create(uv_key_t* key) {
  return violet::key_create(key);
}
void uv_key_delete(uv_key_t* key) {
  violet::key_delete(key);
}
void* uv_key_get(uv_key_t* key) {
  return violet::key_get(key);
}
void uv_key_set(uv_key_t* key, void* value) {
  violet::key_set(key, value);
}
