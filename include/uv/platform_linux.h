/** Types and sizes on Linux x86-64, measured. */
#ifndef UV_PLATFORM_LINUX_H_
#define UV_PLATFORM_LINUX_H_

#include <pthread.h>
#include <semaphore.h>

typedef sem_t uv_sem_t;

/** Holds a pthread_rwlock_t, which libc does not declare in strict C99. */
typedef union uv_rwlock_u {
  void* reserved[7];
} uv_rwlock_t;

/** Holds a pthread_barrier_t, which libc does not declare in strict C99. */
typedef union uv_barrier_u {
  void* reserved[4];
} uv_barrier_t;

/**
 * What the library keeps for a descriptor, in streams, UDP and poll handles. Programs read two
 * members, under the names that libuv's headers give them.
 */
typedef struct uv__io_s {
  void* reserved[5];
  unsigned int pevents; /**< In a poll handle: what it waits for, as in poll(2). */
  unsigned int reserved_bits;
  int fd; /**< As uv_fileno() tells it; -1: none. */
  unsigned int reserved_end;
} uv__io_t;

/* Words that public structs reserve for the library, counted in pointers. */
enum {
  UV_RESERVED_LOOP_QUEUES = 36,
  UV_RESERVED_LOOP_LISTS = 22,
  UV_RESERVED_LOOP = 37,
  UV_RESERVED_STREAM_END = 7,
  UV_RESERVED_FS_EVENT = 4
};

#endif /* UV_PLATFORM_LINUX_H_ */
