/** Timers. */
#ifndef UV_TIMER_H_
#define UV_TIMER_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Runs when the timer is due, in the order of due times, then of starts. */
typedef void (*uv_timer_cb)(uv_timer_t* handle);

struct uv_timer_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
#if defined(_WIN32)
  void* reserved[UV_RESERVED_TIMER];
#else
  uv_timer_cb timer_cb;
  void* reserved[3];
  uint64_t timeout; /**< When it is or was due, in ms of uv_now(). */
  uint64_t repeat;  /**< The repeat value, in ms. */
  void* reserved_end[1];
#endif
};

/**
 * Initializes a timer. It is not started.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Timer handle".
 */
UV_EXTERN int uv_timer_init(uv_loop_t*, uv_timer_t* handle);

/**
 * Runs `cb` once `timeout` milliseconds from the loop's time on, and then every `repeat`
 * milliseconds if that is not 0. 0 means in the next timer phase. A timer that runs is started
 * anew. The time counts from uv_now(), which may be older than the clock. Never early; late if
 * callbacks take long, and missed repetitions are not made up for.
 *
 * Thread: the loop's. Errors: UV_EINVAL if the timer is closing or `cb` is NULL, UV_ENOMEM. Source:
 * libuv docs, "Timer handle".
 */
UV_EXTERN int uv_timer_start(uv_timer_t* handle, uv_timer_cb cb, uint64_t timeout, uint64_t repeat);

/**
 * Stops the timer; its callback does not run any more. Does nothing to a stopped one.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Timer handle".
 */
UV_EXTERN int uv_timer_stop(uv_timer_t* handle);

/**
 * Stops the timer and starts it with its repeat value as timeout. A timer without a repeat value
 * stays as it is.
 *
 * Thread: the loop's. Errors: UV_EINVAL if it was never started, UV_ENOMEM. Source: libuv docs,
 * "Timer handle".
 */
UV_EXTERN int uv_timer_again(uv_timer_t* handle);

/**
 * Sets the milliseconds between repetitions. The next run of a timer that is started stays where it
 * is: the value counts from the run after the next. So it is in the timer's own callback, too, for
 * the next run is scheduled before the callback begins. 0 lets the next run be the last. A timer
 * that did not repeat is inactive in its callback and stays so; uv_timer_again() starts a timer
 * with the value at once.
 *
 * Thread: the loop's. Source: libuv docs, "Timer handle".
 */
UV_EXTERN void uv_timer_set_repeat(uv_timer_t* handle, uint64_t repeat);

/**
 * Milliseconds between repetitions; 0 if it does not repeat.
 *
 * Thread: the loop's. Source: libuv docs, "Timer handle".
 */
UV_EXTERN uint64_t uv_timer_get_repeat(const uv_timer_t* handle);

/**
 * Milliseconds from uv_now() until the timer is due, whatever the timeout, up to UINT64_MAX; 0 if
 * it is due or was never started. A timer that was stopped tells when it would have been due.
 *
 * Thread: the loop's. Source: libuv docs, "Timer handle".
 */
UV_EXTERN uint64_t uv_timer_get_due_in(const uv_timer_t* handle);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_TIMER_H_ */
