/** The event loop. */
#ifndef UV_LOOP_H_
#define UV_LOOP_H_

#include <stdio.h>

#include "uv/handle.h"

/** What uv_loop_configure() can set. */
typedef enum uv_loop_option {
  UV_LOOP_BLOCK_SIGNAL = 0,       /**< One argument, the int SIGPROF: block it while the loop waits. */
  UV_METRICS_IDLE_TIME = 1,       /**< No argument: count the time spent waiting. */
  UV_LOOP_USE_IO_URING_SQPOLL = 2 /**< No argument: let the kernel poll for file operations. */
} uv_loop_option;

/** How long uv_run() runs. */
typedef enum uv_run_mode {
  UV_RUN_DEFAULT = 0, /**< Until nothing active and referenced is left, or uv_stop(). */
  UV_RUN_ONCE = 1,    /**< One iteration, waiting for an event if there is none yet. */
  UV_RUN_NOWAIT = 2   /**< One iteration, without waiting. */
} uv_run_mode;

#ifdef __cplusplus
extern "C" {
#endif

/** An event loop. Only `data` is for programs; the other named fields are kept for binary compatibility. */
struct uv_loop_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  unsigned int active_handles;
  void* handle_queue[2];
  union {
    void* unused;
    unsigned int count;
  } active_reqs;
  void* internal_fields;
  unsigned int stop_flag;
  unsigned int reserved_bits;
  void* reserved[UV_RESERVED_LOOP];
};

UV_EXTERN int uv_loop_init(uv_loop_t* loop);
UV_EXTERN int uv_loop_close(uv_loop_t* loop);
UV_EXTERN int uv_loop_configure(uv_loop_t* loop, uv_loop_option option, ...);
UV_EXTERN uv_loop_t* uv_default_loop(void);
UV_EXTERN uv_loop_t* uv_loop_new(void);
UV_EXTERN void uv_loop_delete(uv_loop_t*);
UV_EXTERN size_t uv_loop_size(void);

UV_EXTERN int uv_run(uv_loop_t*, uv_run_mode mode);
UV_EXTERN void uv_stop(uv_loop_t*);
UV_EXTERN int uv_loop_alive(const uv_loop_t* loop);
UV_EXTERN void uv_walk(uv_loop_t* loop, uv_walk_cb walk_cb, void* arg);
UV_EXTERN int uv_loop_fork(uv_loop_t* loop);
UV_EXTERN void* uv_loop_get_data(const uv_loop_t*);
UV_EXTERN void uv_loop_set_data(uv_loop_t*, void* data);

UV_EXTERN uint64_t uv_now(const uv_loop_t*);
UV_EXTERN void uv_update_time(uv_loop_t*);
UV_EXTERN int uv_backend_fd(const uv_loop_t*);
UV_EXTERN int uv_backend_timeout(const uv_loop_t*);
UV_EXTERN void uv_print_all_handles(uv_loop_t* loop, FILE* stream);
UV_EXTERN void uv_print_active_handles(uv_loop_t* loop, FILE* stream);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_LOOP_H_ */
