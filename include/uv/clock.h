/** Clocks. */
#ifndef UV_CLOCK_H_
#define UV_CLOCK_H_

#include "uv/fs_types.h"

/** Which clock uv_clock_gettime() reads. */
typedef enum uv_clock_id {
  UV_CLOCK_MONOTONIC = 0, /**< Never goes back; starts anywhere. */
  UV_CLOCK_REALTIME = 1   /**< Time since 1970-01-01 UTC. */
} uv_clock_id;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Nanoseconds of a clock that never goes back, from an arbitrary start.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uint64_t uv_hrtime(void);

/**
 * Reads a clock, in seconds and nanoseconds.
 *
 * Thread: any. Errors: UV_EINVAL for an unknown clock, UV_EFAULT if `ts` is NULL. Source: libuv
 * docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_clock_gettime(uv_clock_id clock_id, uv_timespec64_t* ts);

/**
 * The time since 1970-01-01 UTC, in seconds and microseconds.
 *
 * Thread: any. Errors: UV_EINVAL if `tv` is NULL. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_gettimeofday(uv_timeval64_t* tv);

/**
 * Lets the calling thread sleep for `msec` milliseconds.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_sleep(unsigned int msec);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_CLOCK_H_ */
