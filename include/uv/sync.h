/** Locks and their kin. */
#ifndef UV_SYNC_H_
#define UV_SYNC_H_

#include "uv/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Initializes a mutex that a thread cannot lock twice.
 *
 * Thread: any. Errors: those of pthread_mutex_init(3). Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_mutex_init(uv_mutex_t* handle);

/**
 * Initializes a mutex that a thread can lock again.
 *
 * Thread: any. Errors: those of pthread_mutex_init(3). Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_mutex_init_recursive(uv_mutex_t* handle);

/**
 * Ends a mutex that nobody holds.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_mutex_destroy(uv_mutex_t* handle);

/**
 * Waits for the mutex and takes it.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_mutex_lock(uv_mutex_t* handle);

/**
 * Takes the mutex if it is free: 0.
 *
 * Thread: any. Errors: UV_EBUSY. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_mutex_trylock(uv_mutex_t* handle);

/**
 * Gives the mutex back.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_mutex_unlock(uv_mutex_t* handle);

/**
 * Initializes a lock for many readers or one writer.
 *
 * Thread: any. Errors: those of pthread_rwlock_init(3). Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_rwlock_init(uv_rwlock_t* rwlock);

/**
 * Ends a lock that nobody holds.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_rwlock_destroy(uv_rwlock_t* rwlock);

/**
 * Waits for the lock and takes it for reading.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_rwlock_rdlock(uv_rwlock_t* rwlock);

/**
 * Takes the lock for reading if no writer has it: 0.
 *
 * Thread: any. Errors: UV_EBUSY, UV_EAGAIN. Source: libuv docs, "Threading and synchronization
 * utilities".
 */
UV_EXTERN int uv_rwlock_tryrdlock(uv_rwlock_t* rwlock);

/**
 * Gives the lock back after reading.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_rwlock_rdunlock(uv_rwlock_t* rwlock);

/**
 * Waits for the lock and takes it for writing.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_rwlock_wrlock(uv_rwlock_t* rwlock);

/**
 * Takes the lock for writing if nobody has it: 0.
 *
 * Thread: any. Errors: UV_EBUSY. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_rwlock_trywrlock(uv_rwlock_t* rwlock);

/**
 * Gives the lock back after writing.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_rwlock_wrunlock(uv_rwlock_t* rwlock);

/**
 * Initializes a semaphore with a value.
 *
 * Thread: any. Errors: those of sem_init(3). Source: libuv docs, "Threading and synchronization
 * utilities".
 */
UV_EXTERN int uv_sem_init(uv_sem_t* sem, unsigned int value);

/**
 * Ends a semaphore that nobody waits for.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_sem_destroy(uv_sem_t* sem);

/**
 * Adds one, and wakes a thread that waits. Safe in a signal handler.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_sem_post(uv_sem_t* sem);

/**
 * Waits until the value is not 0, and takes one.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_sem_wait(uv_sem_t* sem);

/**
 * Takes one if the value is not 0: 0.
 *
 * Thread: any. Errors: UV_EAGAIN. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_sem_trywait(uv_sem_t* sem);

/**
 * Initializes a condition variable.
 *
 * Thread: any. Errors: those of pthread_cond_init(3). Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_cond_init(uv_cond_t* cond);

/**
 * Ends a condition variable that nobody waits for.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_cond_destroy(uv_cond_t* cond);

/**
 * Wakes at least one thread that waits.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_cond_signal(uv_cond_t* cond);

/**
 * Wakes all threads that wait.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_cond_broadcast(uv_cond_t* cond);

/**
 * Gives the mutex back, waits, and takes it again. May wake for no reason: ask the condition
 * again.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_cond_wait(uv_cond_t* cond, uv_mutex_t* mutex);

/**
 * As uv_cond_wait(), for at most `timeout` nanoseconds from now.
 *
 * Thread: any. Errors: UV_ETIMEDOUT. Source: libuv docs, "Threading and synchronization
 * utilities".
 */
UV_EXTERN int uv_cond_timedwait(uv_cond_t* cond, uv_mutex_t* mutex, uint64_t timeout);

/**
 * Initializes a barrier for `count` threads.
 *
 * Thread: any. Errors: UV_EINVAL if `count` is 0, UV_ENOMEM. Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_barrier_init(uv_barrier_t* barrier, unsigned int count);

/**
 * Ends a barrier. Waits for threads that are still leaving it.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_barrier_destroy(uv_barrier_t* barrier);

/**
 * Waits until `count` threads wait. Returns 1 in one of them, which may destroy the barrier, and 0
 * in the others.
 *
 * Thread: any. Errors: none. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_barrier_wait(uv_barrier_t* barrier);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_SYNC_H_ */
