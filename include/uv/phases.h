/** Callbacks that run in each iteration: idle and prepare before the loop waits, check after. */
#ifndef UV_PHASES_H_
#define UV_PHASES_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Runs once an iteration, before the prepare callbacks. */
typedef void (*uv_idle_cb)(uv_idle_t* handle);
/** Runs once an iteration, right before the loop waits for events. */
typedef void (*uv_prepare_cb)(uv_prepare_t* handle);
/** Runs once an iteration, right after the loop has waited for events. */
typedef void (*uv_check_cb)(uv_check_t* handle);

struct uv_idle_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  uv_idle_cb idle_cb;
  void* reserved[2];
};

struct uv_prepare_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  uv_prepare_cb prepare_cb;
  void* reserved[2];
};

struct uv_check_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  uv_check_cb check_cb;
  void* reserved[2];
};

/**
 * Initializes an idle handle. It is not started.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Idle handle", "Prepare handle", "Check
 * handle".
 */
UV_EXTERN int uv_idle_init(uv_loop_t*, uv_idle_t* idle);

/**
 * Runs `cb` once in each iteration. While an idle handle is active the loop does not wait for
 * events. Does nothing if started already.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `cb` is NULL. Source: libuv docs, "Idle handle",
 * "Prepare handle", "Check handle".
 */
UV_EXTERN int uv_idle_start(uv_idle_t* idle, uv_idle_cb cb);

/**
 * Stops the handle; its callback does not run any more.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Idle handle", "Prepare handle", "Check
 * handle".
 */
UV_EXTERN int uv_idle_stop(uv_idle_t* idle);

/**
 * Initializes a prepare handle. It is not started.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Idle handle", "Prepare handle", "Check
 * handle".
 */
UV_EXTERN int uv_prepare_init(uv_loop_t*, uv_prepare_t* prepare);

/**
 * Runs `cb` in each iteration before the loop waits. Does nothing if started already.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `cb` is NULL. Source: libuv docs, "Idle handle",
 * "Prepare handle", "Check handle".
 */
UV_EXTERN int uv_prepare_start(uv_prepare_t* prepare, uv_prepare_cb cb);

/**
 * Stops the handle; its callback does not run any more.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Idle handle", "Prepare handle", "Check
 * handle".
 */
UV_EXTERN int uv_prepare_stop(uv_prepare_t* prepare);

/**
 * Initializes a check handle. It is not started.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Idle handle", "Prepare handle", "Check
 * handle".
 */
UV_EXTERN int uv_check_init(uv_loop_t*, uv_check_t* check);

/**
 * Runs `cb` in each iteration after the loop has waited. Does nothing if started already.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `cb` is NULL. Source: libuv docs, "Idle handle",
 * "Prepare handle", "Check handle".
 */
UV_EXTERN int uv_check_start(uv_check_t* check, uv_check_cb cb);

/**
 * Stops the handle; its callback does not run any more.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Idle handle", "Prepare handle", "Check
 * handle".
 */
UV_EXTERN int uv_check_stop(uv_check_t* check);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_PHASES_H_ */
