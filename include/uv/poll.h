/** Readiness of file descriptors and sockets that belong to the program. */
#ifndef UV_POLL_H_
#define UV_POLL_H_

#include "uv/handle.h"

/** What to watch for, and what happened. */
enum uv_poll_event {
  UV_READABLE = 1,
  UV_WRITABLE = 2,
  UV_DISCONNECT = 4, /**< The other side has closed or stopped writing. */
  UV_PRIORITIZED = 8 /**< Out-of-band data, or an interrupt of a sysfs file. */
};

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_poll_cb)(uv_poll_t* handle, int status, int events);

struct uv_poll_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  uv_poll_cb poll_cb;
  void* reserved[UV_RESERVED_POLL];
};

UV_EXTERN int uv_poll_init(uv_loop_t* loop, uv_poll_t* handle, int fd);
UV_EXTERN int uv_poll_init_socket(uv_loop_t* loop, uv_poll_t* handle, uv_os_sock_t socket);
UV_EXTERN int uv_poll_start(uv_poll_t* handle, int events, uv_poll_cb cb);
UV_EXTERN int uv_poll_stop(uv_poll_t* handle);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_POLL_H_ */
