/** The machine: processors, memory, load, resource use. */
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

/** What getrusage(2) tells; fields the system does not have are 0. */
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

UV_EXTERN int uv_cpu_info(uv_cpu_info_t** cpu_infos, int* count);
UV_EXTERN void uv_free_cpu_info(uv_cpu_info_t* cpu_infos, int count);
UV_EXTERN unsigned int uv_available_parallelism(void);
UV_EXTERN void uv_loadavg(double avg[3]);
UV_EXTERN int uv_uptime(double* uptime);
UV_EXTERN int uv_os_uname(uv_utsname_t* buffer);

UV_EXTERN uint64_t uv_get_free_memory(void);
UV_EXTERN uint64_t uv_get_total_memory(void);
UV_EXTERN uint64_t uv_get_constrained_memory(void);
UV_EXTERN uint64_t uv_get_available_memory(void);
UV_EXTERN int uv_resident_set_memory(size_t* rss);

UV_EXTERN int uv_getrusage(uv_rusage_t* rusage);
UV_EXTERN int uv_getrusage_thread(uv_rusage_t* rusage);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_SYSTEM_H_ */
