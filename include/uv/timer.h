/** Timers. */
#ifndef UV_TIMER_H_
#define UV_TIMER_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_timer_cb)(uv_timer_t* handle);

struct uv_timer_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  void* reserved[UV_RESERVED_TIMER];
};

UV_EXTERN int uv_timer_init(uv_loop_t*, uv_timer_t* handle);
UV_EXTERN int uv_timer_start(uv_timer_t* handle, uv_timer_cb cb, uint64_t timeout, uint64_t repeat);
UV_EXTERN int uv_timer_stop(uv_timer_t* handle);
UV_EXTERN int uv_timer_again(uv_timer_t* handle);
UV_EXTERN void uv_timer_set_repeat(uv_timer_t* handle, uint64_t repeat);
UV_EXTERN uint64_t uv_timer_get_repeat(const uv_timer_t* handle);
UV_EXTERN uint64_t uv_timer_get_due_in(const uv_timer_t* handle);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_TIMER_H_ */
