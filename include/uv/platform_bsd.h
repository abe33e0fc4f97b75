/**
 * Types and sizes on the systems with kqueue: the BSDs and macOS. They follow from those on Linux,
 * which are measured, and from what differs: a descriptor's record has two more counts, locks have
 * the system's own sizes, and macOS keeps more in loops, streams and handles that watch files.
 */
#ifndef UV_PLATFORM_BSD_H_
#define UV_PLATFORM_BSD_H_

#include <pthread.h>
#include <semaphore.h>

typedef pthread_rwlock_t uv_rwlock_t;

#if defined(__APPLE__)
#include <mach/mach.h>

typedef semaphore_t uv_sem_t;
/** This system has no barriers of its own. */
typedef union uv_barrier_u {
  void* reserved;
} uv_barrier_t;
#else
typedef sem_t uv_sem_t;
typedef pthread_barrier_t uv_barrier_t;
#endif

/** See platform_linux.h. */
typedef struct uv__io_s {
  void* reserved[5];
  unsigned int pevents; /**< In a poll handle: what it waits for, as in poll(2). */
  unsigned int reserved_bits;
  int fd; /**< As uv_fileno() tells it; -1: none. */
  unsigned int reserved_end[3];
} uv__io_t;

/* Words that public structs reserve for the library, counted in pointers. */
enum {
  UV_RESERVED_MUTEX = (sizeof(uv_mutex_t) + sizeof(void*) - 1) / sizeof(void*),
  UV_RESERVED_RWLOCK = (sizeof(uv_rwlock_t) + sizeof(void*) - 1) / sizeof(void*),
  UV_RESERVED_LOOP_QUEUES = 24 + UV_RESERVED_MUTEX + UV_RESERVED_RWLOCK,
  UV_RESERVED_LOOP_LISTS = 23,
#if defined(__APPLE__)
  UV_RESERVED_LOOP = 35 + UV_RESERVED_MUTEX,
  UV_RESERVED_STREAM_END = 8,
  UV_RESERVED_FS_EVENT = 17 + UV_RESERVED_MUTEX
#else
  UV_RESERVED_LOOP = 29,
  UV_RESERVED_STREAM_END = 7,
  UV_RESERVED_FS_EVENT = 9
#endif
};

#endif /* UV_PLATFORM_BSD_H_ */
