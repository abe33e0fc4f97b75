/** Waking a loop from another thread. */
#ifndef UV_ASYNC_H_
#define UV_ASYNC_H_

#include "uv/handle.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_async_cb)(uv_async_t* handle);

struct uv_async_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  void* reserved[UV_RESERVED_ASYNC];
};

UV_EXTERN int uv_async_init(uv_loop_t*, uv_async_t* async, uv_async_cb async_cb);
UV_EXTERN int uv_async_send(uv_async_t* async);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_ASYNC_H_ */
