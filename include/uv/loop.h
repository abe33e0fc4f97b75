/** The event loop. */
#ifndef UV_LOOP_H_
#define UV_LOOP_H_

#include <stdio.h>

#include "uv/handle.h"

/** What uv_loop_configure() can set. */
typedef enum uv_loop_option {
  UV_LOOP_BLOCK_SIGNAL = 0,       /**< Argument int, SIGPROF: blocked while waiting. */
  UV_METRICS_IDLE_TIME = 1,       /**< No argument: count the time spent waiting. */
  UV_LOOP_USE_IO_URING_SQPOLL = 2 /**< No argument; accepted, and without effect. */
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

/**
 * An event loop. Only `data` is for programs; the other names keep binary compatibility, and hold
 * what programs that read them expect.
 */
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
#if defined(_WIN32)
  int backend_fd; /**< -1. */
  void* iocp;     /**< The completion port. Who waits on it posts what it took back, unchanged. */
  uint64_t time;  /**< uv_now(). */
  void* reserved_queue;
  uv_handle_t* closing_handles; /**< Not NULL while close callbacks are due. */
  void* reserved[UV_RESERVED_LOOP - 4];
#else
  unsigned long reserved_flags;
  int backend_fd; /**< uv_backend_fd(); whoever means to wait on it calls that function. */
  void* reserved_queues[UV_RESERVED_LOOP_QUEUES];
  uv_handle_t* closing_handles; /**< Not NULL while close callbacks are due. */
  void* reserved_lists[UV_RESERVED_LOOP_LISTS];
  uint64_t time; /**< uv_now(). */
  void* reserved[UV_RESERVED_LOOP];
#endif
};

/**
 * Makes a loop of the given memory. `data` keeps its value. The engine is the platform's default
 * unless VIOLET_BACKEND names one; see violet/violet.h.
 *
 * Thread: any; the loop then belongs to the thread that runs it. Errors: UV_ENOMEM, UV_EINVAL if
 * VIOLET_BACKEND names no engine, UV_ENOTSUP if the engine is refused and VIOLET_BACKEND_STRICT=1,
 * and errors of the system such as UV_EMFILE. Source: libuv docs, "Event loop".
 */
UV_EXTERN int uv_loop_init(uv_loop_t* loop);

/**
 * Frees what the loop holds. Its memory can then be reused. All handles must be closed, with their
 * close callbacks run, and all requests done.
 *
 * Thread: the loop's. Errors: UV_EBUSY if handles or requests are left, or it is closed already;
 * nothing is freed then. Source: libuv docs, "Event loop".
 */
UV_EXTERN int uv_loop_close(uv_loop_t* loop);

/**
 * Sets an option; call it before the first uv_run(). Which arguments follow depends on the option;
 * see uv_loop_option.
 *
 * Thread: the loop's. Errors: UV_EINVAL for a signal other than SIGPROF, UV_ENOSYS for an unknown
 * option, or one that the platform does not have. Source: libuv docs, "Event loop".
 */
UV_EXTERN int uv_loop_configure(uv_loop_t* loop, uv_loop_option option, ...);

/**
 * The loop of the process, made at the first call. NULL if it cannot be made. It is like any other
 * loop, and should be closed with uv_loop_close().
 *
 * Thread: one at a time. Source: libuv docs, "Event loop".
 */
UV_EXTERN uv_loop_t* uv_default_loop(void);

/**
 * Allocates and initializes a loop; NULL if it cannot. Deprecated: use uv_loop_init().
 *
 * Thread: any; the loop then belongs to the thread that runs it. Source: libuv docs, "Event loop".
 */
UV_EXTERN uv_loop_t* uv_loop_new(void);

/**
 * Closes a loop and frees its memory. The loop must be ready to close. Deprecated: use
 * uv_loop_close().
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN void uv_loop_delete(uv_loop_t*);

/**
 * sizeof(uv_loop_t) in bytes, for bindings.
 *
 * Thread: any. Source: libuv docs, "Event loop".
 */
UV_EXTERN size_t uv_loop_size(void);

/**
 * Runs the loop as `mode` says. UV_RUN_DEFAULT returns not 0 if uv_stop() ended it with handles or
 * requests still active; the other modes return not 0 if there is more to do. Must not be called
 * from a callback of the same loop.
 *
 * Thread: any, but one at a time; the loop belongs to the one that runs it. Errors: none. Source:
 * libuv docs, "Event loop".
 */
UV_EXTERN int uv_run(uv_loop_t*, uv_run_mode mode);

/**
 * Makes uv_run() return after the iteration in which it is, without waiting for events; if the
 * loop is not running, the next uv_run() returns without an iteration.
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN void uv_stop(uv_loop_t*);

/**
 * Not 0 if the loop has active referenced handles, active requests or closing handles.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Event loop".
 */
UV_EXTERN int uv_loop_alive(const uv_loop_t* loop);

/**
 * Calls `walk_cb` for each handle of the loop, closing ones too. The callback may close handles.
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN void uv_walk(uv_loop_t* loop, uv_walk_cb walk_cb, void* arg);

/**
 * Makes the loop usable in a child process after fork(2); call it in the child for every loop that
 * is used there, before anything else. The handles go on as in the parent; file system watchers
 * start anew. The memory of a loop may be inherited only by a child whose parent had a single
 * thread of it running.
 *
 * Thread: the child's only one. Errors: UV_ENOSYS on Windows, and errors of the system; the loop is
 * then unusable. Source: libuv docs, "Event loop".
 */
UV_EXTERN int uv_loop_fork(uv_loop_t* loop);

/**
 * loop->data.
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN void* uv_loop_get_data(const uv_loop_t*);

/**
 * Sets loop->data.
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN void uv_loop_set_data(uv_loop_t*, void* data);

/**
 * The loop's time in milliseconds, from an arbitrary start. It is taken once an iteration (see
 * uv_update_time()), and never goes back. Use uv_hrtime() for finer time.
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN uint64_t uv_now(const uv_loop_t*);

/**
 * Takes the time of uv_now() anew. Worth calling after a callback that has blocked for long, before
 * starting timers.
 *
 * Thread: the loop's. Source: libuv docs, "Event loop".
 */
UV_EXTERN void uv_update_time(uv_loop_t*);

/**
 * The file descriptor to put into another event loop in order to embed this one: when it is
 * readable, uv_run() with UV_RUN_NOWAIT has something to do. -1 where there is none (Windows).
 *
 * With io_uring, call it in the thread that runs the loop; the descriptor changes when another
 * thread runs it. It is no epoll descriptor then, so epoll_ctl(2) on it is refused. To have the
 * loop watch a descriptor use uv_poll_t, or ask violet_loop_init() for "epoll".
 *
 * Thread: the loop's. Errors: -1. Source: libuv docs, "Event loop"; docs/engines.md.
 */
UV_EXTERN int uv_backend_fd(const uv_loop_t*);

/**
 * Milliseconds that the loop would wait for events now, rounded up; -1 for no limit, 0 for no wait.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Event loop".
 */
UV_EXTERN int uv_backend_timeout(const uv_loop_t*);

/**
 * Writes a line for each handle of the loop: flags R (referenced), A (active), I (internal), then
 * type and address. For debugging; the format may change. A NULL loop means the default loop.
 *
 * Thread: the loop's. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_print_all_handles(uv_loop_t* loop, FILE* stream);

/**
 * As uv_print_all_handles(), for active handles only.
 *
 * Thread: the loop's. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN void uv_print_active_handles(uv_loop_t* loop, FILE* stream);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_LOOP_H_ */
