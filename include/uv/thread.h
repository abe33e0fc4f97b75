/** Threads. */
#ifndef UV_THREAD_H_
#define UV_THREAD_H_

#include "uv/types.h"

/** Which fields of uv_thread_options_t count. */
typedef enum uv_thread_create_flags {
  UV_THREAD_NO_FLAGS = 0,
  UV_THREAD_HAS_STACK_SIZE = 1
} uv_thread_create_flags;

/** Priorities of uv_thread_setpriority(). */
enum {
  UV_THREAD_PRIORITY_HIGHEST = 2,
  UV_THREAD_PRIORITY_ABOVE_NORMAL = 1,
  UV_THREAD_PRIORITY_NORMAL = 0,
  UV_THREAD_PRIORITY_BELOW_NORMAL = -1,
  UV_THREAD_PRIORITY_LOWEST = -2
};

struct uv_thread_options_s {
  unsigned int flags;
  size_t stack_size; /**< Bytes; 0: the default. Rounded up to whole pages. */
};

#ifdef __cplusplus
extern "C" {
#endif

/** What a thread runs; `arg` is what uv_thread_create() was given. */
typedef void (*uv_thread_cb)(void* arg);

/**
 * Starts a thread. Its stack is as large as RLIMIT_STACK says, or 8 MiB where that is no usable
 * size.
 *
 * Thread: any. Errors: UV_EAGAIN, UV_ENOMEM. Source: libuv docs, "Threading and synchronization
 * utilities".
 */
UV_EXTERN int uv_thread_create(uv_thread_t* tid, uv_thread_cb entry, void* arg);

/**
 * As uv_thread_create(), with options: a stack size, rounded up to pages and raised to the least
 * the system allows.
 *
 * Thread: any. Errors: UV_EINVAL for a stack size that overflows, UV_EAGAIN, UV_ENOMEM. Source:
 * libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_create_ex(uv_thread_t* tid, const uv_thread_options_t* params,
                                  uv_thread_cb entry, void* arg);

/**
 * Waits until the thread has ended.
 *
 * Thread: any. Errors: those of pthread_join(3). Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_thread_join(uv_thread_t* tid);

/**
 * Lets the thread go: its resources are freed when it ends, and it cannot be joined.
 *
 * Thread: any. Errors: those of pthread_detach(3). Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_thread_detach(uv_thread_t* tid);

/**
 * The calling thread.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN uv_thread_t uv_thread_self(void);

/**
 * Not 0 if both are the same thread.
 *
 * Thread: any. Errors: none. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_equal(const uv_thread_t* t1, const uv_thread_t* t2);

/**
 * Binds the thread to processors: byte i of `cpumask` is not 0 for processor i. `mask_size` is in
 * bytes, at least uv_cpumask_size(). The mask before goes to `oldmask` unless that is NULL.
 *
 * Thread: any. Errors: UV_EINVAL if `mask_size` is too small, UV_ENOTSUP where there is no
 * affinity, and errors of the system. Source: libuv docs, "Threading and synchronization
 * utilities".
 */
UV_EXTERN int uv_thread_setaffinity(uv_thread_t* tid, char* cpumask, char* oldmask,
                                    size_t mask_size);

/**
 * The processors the thread is bound to; the mask, of `mask_size` bytes, is as in
 * uv_thread_setaffinity().
 *
 * Thread: any. Errors: UV_EINVAL if `mask_size` is too small, UV_ENOTSUP where there is no
 * affinity. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_getaffinity(uv_thread_t* tid, char* cpumask, size_t mask_size);

/**
 * The processor the calling thread runs on.
 *
 * Thread: any. Errors: UV_ENOTSUP. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_getcpu(void);

/**
 * How many bytes an affinity mask needs.
 *
 * Thread: any. Errors: UV_ENOTSUP where there is no affinity. Source: libuv docs, "Threading and
 * synchronization utilities".
 */
UV_EXTERN int uv_cpumask_size(void);

/**
 * Names the calling thread. Linux keeps 15 bytes; what is longer is cut.
 *
 * Thread: any. Errors: UV_EINVAL if `name` is NULL, and errors of the system. Source: libuv docs,
 * "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_setname(const char* name);

/**
 * The name of a thread; cut to `size` bytes with the final zero.
 *
 * Thread: any. Errors: UV_EINVAL if `name` is NULL or `size` is 0, and errors of the system.
 * Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_getname(uv_thread_t* tid, char* name, size_t size);

/**
 * Sets a thread's priority: one of UV_THREAD_PRIORITY_*. On Linux that is the nice value of the one
 * thread, minus two for each level (UV_THREAD_PRIORITY_LOWEST is 4, UV_THREAD_PRIORITY_HIGHEST -4),
 * or under SCHED_FIFO and SCHED_RR a static priority within the policy's range.
 *
 * Thread: any. Errors: UV_EINVAL outside of them, UV_ESRCH, UV_EPERM. Source: libuv docs,
 * "Threading and synchronization utilities".
 */
UV_EXTERN int uv_thread_setpriority(uv_thread_t tid, int priority);

/**
 * A thread's priority, as the system counts it: on Linux its nice value, or its static priority
 * under SCHED_FIFO and SCHED_RR.
 *
 * Thread: any. Errors: UV_EINVAL if `priority` is NULL, UV_ESRCH. Source: libuv docs, "Threading
 * and synchronization utilities".
 */
UV_EXTERN int uv_thread_getpriority(uv_thread_t tid, int* priority);

/**
 * Makes a key under which each thread keeps a pointer of its own, at first NULL.
 *
 * Thread: any. Errors: UV_ENOMEM, UV_EAGAIN. Source: libuv docs, "Threading and synchronization
 * utilities".
 */
UV_EXTERN int uv_key_create(uv_key_t* key);

/**
 * Removes a key.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_key_delete(uv_key_t* key);

/**
 * The calling thread's pointer.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void* uv_key_get(uv_key_t* key);

/**
 * Sets the calling thread's pointer.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_key_set(uv_key_t* key, void* value);

/**
 * Runs `callback` the first time it is called with this guard, and waits for it in every other
 * thread. The guard begins as UV_ONCE_INIT.
 *
 * Thread: any. Source: libuv docs, "Threading and synchronization utilities".
 */
UV_EXTERN void uv_once(uv_once_t* guard, void (*callback)(void));

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_THREAD_H_ */
