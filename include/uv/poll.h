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

/**
 * Runs when the descriptor is ready. `events` are of uv_poll_event; `status` < 0 is an error,
 * UV_EBADF for a descriptor that is not valid any more. The events may be spurious: be prepared
 * for EAGAIN.
 */
typedef void (*uv_poll_cb)(uv_poll_t* handle, int status, int events);

struct uv_poll_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  uv_poll_cb poll_cb;
#if defined(_WIN32)
  void* reserved[UV_RESERVED_POLL];
#else
  uv__io_t io_watcher;
#endif
};

/**
 * Initializes a poll handle on a file descriptor of the program, which is made non-blocking. One
 * handle for each descriptor. It must be stopped or closed before the descriptor is closed.
 *
 * Thread: the loop's. Errors: UV_EEXIST if this loop watches it already, UV_EPERM for a plain
 * file, UV_EBADF, and errors of fcntl(2). Source: libuv docs, "Poll handle".
 */
UV_EXTERN int uv_poll_init(uv_loop_t* loop, uv_poll_t* handle, int fd);

/**
 * As uv_poll_init(), for a SOCKET on Windows. On Unix the same.
 *
 * Thread: the loop's. Errors: as uv_poll_init(), UV_ENOTSOCK on Windows. Source: libuv docs, "Poll
 * handle".
 */
UV_EXTERN int uv_poll_init_socket(uv_loop_t* loop, uv_poll_t* handle, uv_os_sock_t socket);

/**
 * Watches for `events`, of uv_poll_event, level-triggered: `cb` runs as long as the descriptor is
 * ready. On an active handle it sets other events and another callback. 0 events stops it.
 *
 * Thread: the loop's. Errors: UV_EINVAL for unknown events, no callback or a closing handle,
 * UV_EEXIST if another handle of this loop watches the descriptor, UV_ENOMEM, UV_ENOTSUP for
 * UV_PRIORITIZED on FreeBSD and NetBSD. Source: libuv docs, "Poll handle".
 */
UV_EXTERN int uv_poll_start(uv_poll_t* handle, int events, uv_poll_cb cb);

/**
 * Stops watching at once: `cb` does not run any more.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Poll handle".
 */
UV_EXTERN int uv_poll_stop(uv_poll_t* handle);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_POLL_H_ */
