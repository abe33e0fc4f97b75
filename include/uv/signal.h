/** Signals. */
#ifndef UV_SIGNAL_H_
#define UV_SIGNAL_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_signal_cb)(uv_signal_t* handle, int signum);

struct uv_signal_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  uv_signal_cb signal_cb;
  int signum; /**< The signal watched, 0 when stopped. */
  unsigned int reserved_bits;
  void* reserved[UV_RESERVED_SIGNAL];
};

UV_EXTERN int uv_signal_init(uv_loop_t* loop, uv_signal_t* handle);
UV_EXTERN int uv_signal_start(uv_signal_t* handle, uv_signal_cb signal_cb, int signum);
UV_EXTERN int uv_signal_start_oneshot(uv_signal_t* handle, uv_signal_cb signal_cb, int signum);
UV_EXTERN int uv_signal_stop(uv_signal_t* handle);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_SIGNAL_H_ */
