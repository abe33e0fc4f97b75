/** Waking a loop from another thread. */
#ifndef UV_ASYNC_H_
#define UV_ASYNC_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Runs in the loop's thread after uv_async_send(). */
typedef void (*uv_async_cb)(uv_async_t* handle);

struct uv_async_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
#if defined(_WIN32)
  void* reserved[UV_RESERVED_ASYNC];
#else
  uv_async_cb async_cb;
  void* reserved[3];
#endif
};

/**
 * Initializes an async handle. It is active at once. `async_cb` may be NULL: then it only wakes
 * the loop.
 *
 * Thread: the loop's. Errors: errors of the system, such as UV_EMFILE. Source: libuv docs, "Async
 * handle".
 */
UV_EXTERN int uv_async_init(uv_loop_t*, uv_async_t* async, uv_async_cb async_cb);

/**
 * Wakes the loop and makes it run the handle's callback. Several calls before the callback runs
 * make one callback; a call after it has begun makes another. Handles that were sent to before the
 * loop looks are called in the order of their uv_async_init(). Also safe in a signal handler. The
 * handle must not be closing.
 *
 * Thread: any. Errors: none on a live handle. Source: libuv docs, "Async handle".
 */
UV_EXTERN int uv_async_send(uv_async_t* async);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_ASYNC_H_ */
