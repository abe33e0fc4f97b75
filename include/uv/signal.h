/** Signals. */
#ifndef UV_SIGNAL_H_
#define UV_SIGNAL_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs in the loop's thread after the signal has come. Signals that come quickly one after another
 * may make one callback.
 */
typedef void (*uv_signal_cb)(uv_signal_t* handle, int signum);

struct uv_signal_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  uv_signal_cb signal_cb;
  int signum; /**< The signal watched, 0 when stopped. */
  unsigned int reserved_bits;
  void* reserved[UV_RESERVED_SIGNAL];
};

/**
 * Initializes a signal handle. It is not started.
 *
 * Thread: the loop's. Errors: errors of the system, such as UV_EMFILE. Source: libuv docs, "Signal
 * handle".
 */
UV_EXTERN int uv_signal_init(uv_loop_t* loop, uv_signal_t* handle);

/**
 * Runs `signal_cb` each time `signum` comes. On an active handle it changes the callback or
 * signal. SIGKILL and SIGSTOP cannot be caught; SIGSEGV, SIGBUS, SIGFPE and SIGILL must not be.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `signum` is 0 or cannot be caught, `signal_cb` is NULL
 * or the handle is closing; sigaction(2). Source: libuv docs, "Signal handle".
 */
UV_EXTERN int uv_signal_start(uv_signal_t* handle, uv_signal_cb signal_cb, int signum);

/**
 * As uv_signal_start(), and stops after the first one.
 *
 * Thread: the loop's. Errors: as uv_signal_start(). Source: libuv docs, "Signal handle".
 */
UV_EXTERN int uv_signal_start_oneshot(uv_signal_t* handle, uv_signal_cb signal_cb, int signum);

/**
 * Stops the handle. When no handle watches a signal any more, the action that it had before the
 * first one was started is set again (ignored, under nohup(1)), unless the program has set another
 * one meanwhile.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Signal handle".
 */
UV_EXTERN int uv_signal_stop(uv_signal_t* handle);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_SIGNAL_H_ */
