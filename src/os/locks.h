// The locks that programs hold as public uv_*_t objects. Their operations follow POSIX threads;
// the void ones abort when misused, for they have no way to report it.
#pragma once

#include <cstdint>

#include "uv.h"

namespace violet {

int mutex_init(uv_mutex_t* mutex);
int mutex_init_recursive(uv_mutex_t* mutex);
void mutex_destroy(uv_mutex_t* mutex);
void mutex_lock(uv_mutex_t* mutex);
int mutex_try_lock(uv_mutex_t* mutex);  // 0 or UV_EBUSY.
void mutex_unlock(uv_mutex_t* mutex);

int rwlock_init(uv_rwlock_t* lock);
void rwlock_destroy(uv_rwlock_t* lock);
void rwlock_lock_shared(uv_rwlock_t* lock);
int rwlock_try_lock_shared(uv_rwlock_t* lock);  // 0 or UV_EBUSY.
void rwlock_unlock_shared(uv_rwlock_t* lock);
void rwlock_lock(uv_rwlock_t* lock);
int rwlock_try_lock(uv_rwlock_t* lock);  // 0 or UV_EBUSY.
void rwlock_unlock(uv_rwlock_t* lock);

int semaphore_init(uv_sem_t* semaphore, unsigned value);
void semaphore_destroy(uv_sem_t* semaphore);
void semaphore_post(uv_sem_t* semaphore);
void semaphore_wait(uv_sem_t* semaphore);
int semaphore_try_wait(uv_sem_t* semaphore);  // 0 or UV_EAGAIN.

int condition_init(uv_cond_t* condition);
void condition_destroy(uv_cond_t* condition);
void condition_signal(uv_cond_t* condition);
void condition_broadcast(uv_cond_t* condition);
void condition_wait(uv_cond_t* condition, uv_mutex_t* mutex);
// 0 or UV_ETIMEDOUT after `timeout` nanoseconds on the monotonic clock.
int condition_timed_wait(uv_cond_t* condition, uv_mutex_t* mutex, std::uint64_t timeout);

int barrier_init(uv_barrier_t* barrier, unsigned count);
bool barrier_wait(uv_barrier_t* barrier);  // True in exactly one of the threads.
void barrier_destroy(uv_barrier_t* barrier);

void once_call(uv_once_t* guard, void (*function)());

int key_create(uv_key_t* key);
void key_delete(uv_key_t* key);
void* key_get(uv_key_t* key);
void key_set(uv_key_t* key, void* value);

}  // namespace violet
