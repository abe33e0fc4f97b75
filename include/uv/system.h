/**
 * The machine: processors, memory, load, resource use. A NULL where an int function is to put its
 * answer is UV_EINVAL.
 */
#ifndef UV_SYSTEM_H_
#define UV_SYSTEM_H_

#include "uv/fs_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Milliseconds a processor has spent in each state. */
struct uv_cpu_times_s {
  uint64_t user;
  uint64_t nice;
  uint64_t sys;
  uint64_t idle;
  uint64_t irq;
};

struct uv_cpu_info_s {
  const char* model;
  int speed; /**< MHz. */
  struct uv_cpu_times_s cpu_times;
};

/**
 * What getrusage(2) tells; fields the system does not have are 0. ru_maxrss is in kilobytes.
 */
typedef struct {
  uv_timeval_t ru_utime;
  uv_timeval_t ru_stime;
  uint64_t ru_maxrss;
  uint64_t ru_ixrss;
  uint64_t ru_idrss;
  uint64_t ru_isrss;
  uint64_t ru_minflt;
  uint64_t ru_majflt;
  uint64_t ru_nswap;
  uint64_t ru_inblock;
  uint64_t ru_oublock;
  uint64_t ru_msgsnd;
  uint64_t ru_msgrcv;
  uint64_t ru_nsignals;
  uint64_t ru_nvcsw;
  uint64_t ru_nivcsw;
} uv_rusage_t;

/** What uname(2) tells. */
struct uv_utsname_s {
  char sysname[256];
  char release[256];
  char version[256];
  char machine[256];
};

/**
 * Tells about each processor; free it with uv_free_cpu_info().
 *
 * Thread: any. Errors: UV_ENOMEM, UV_EIO, and errors of reading /proc. Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_cpu_info(uv_cpu_info_t** cpu_infos, int* count);

/**
 * Frees what uv_cpu_info() gave.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_free_cpu_info(uv_cpu_info_t* cpu_infos, int count);

/**
 * How many threads the process can run at once, at least 1. Counts affinity, and limits of the
 * container where known.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN unsigned int uv_available_parallelism(void);

/**
 * The load of the last 1, 5 and 15 minutes. Zeros on Windows.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_loadavg(double avg[3]);

/**
 * Seconds since the system started.
 *
 * Thread: any. Errors: errors of the system. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_uptime(double* uptime);

/**
 * Tells the names and versions of system and machine.
 *
 * Thread: any. Errors: UV_EINVAL if `buffer` is NULL; uname(2). Source: libuv docs, "Miscellaneous
 * utilities".
 */
UV_EXTERN int uv_os_uname(uv_utsname_t* buffer);

/**
 * Bytes of memory that are free in the system; 0 if unknown.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uint64_t uv_get_free_memory(void);

/**
 * Bytes of memory of the system; 0 if unknown.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uint64_t uv_get_total_memory(void);

/**
 * Bytes of memory that the process may use: the lowest of the limits of its control groups,
 * RLIMIT_AS and RLIMIT_DATA. 0 if the system has no control groups and no limit is set, UINT64_MAX
 * if it has but none is set.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uint64_t uv_get_constrained_memory(void);

/**
 * Bytes of memory still free for the process: what the machine has free, or what one of the limits
 * of uv_get_constrained_memory() leaves of itself, whichever is least. Without limits the same as
 * uv_get_free_memory().
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uint64_t uv_get_available_memory(void);

/**
 * Bytes of memory that the process has resident.
 *
 * Thread: any. Errors: errors of reading /proc. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_resident_set_memory(size_t* rss);

/**
 * Tells what the process has used.
 *
 * Thread: any. Errors: those of getrusage(2). Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN int uv_getrusage(uv_rusage_t* rusage);

/**
 * Tells what the calling thread has used.
 *
 * Thread: any. Errors: UV_ENOTSUP where it is not known, getrusage(2). Source: libuv docs,
 * "Miscellaneous utilities".
 */
UV_EXTERN int uv_getrusage_thread(uv_rusage_t* rusage);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_SYSTEM_H_ */
