/** The part that all handles share, and the functions that take any handle. */
#ifndef UV_HANDLE_H_
#define UV_HANDLE_H_

#include "uv/types.h"

/** XX(UPPER, lower) for each handle type that a program can create or be given. */
#define UV_HANDLE_TYPE_MAP(XX) \
  XX(ASYNC, async)             \
  XX(CHECK, check)             \
  XX(FS_EVENT, fs_event)       \
  XX(FS_POLL, fs_poll)         \
  XX(HANDLE, handle)           \
  XX(IDLE, idle)               \
  XX(NAMED_PIPE, pipe)         \
  XX(POLL, poll)               \
  XX(PREPARE, prepare)         \
  XX(PROCESS, process)         \
  XX(STREAM, stream)           \
  XX(TCP, tcp)                 \
  XX(TIMER, timer)             \
  XX(TTY, tty)                 \
  XX(UDP, udp)                 \
  XX(SIGNAL, signal)

/** What a handle is. */
typedef enum uv_handle_type {
  UV_UNKNOWN_HANDLE = 0,
  UV_ASYNC = 1,
  UV_CHECK = 2,
  UV_FS_EVENT = 3,
  UV_FS_POLL = 4,
  UV_HANDLE = 5,
  UV_IDLE = 6,
  UV_NAMED_PIPE = 7,
  UV_POLL = 8,
  UV_PREPARE = 9,
  UV_PROCESS = 10,
  UV_STREAM = 11,
  UV_TCP = 12,
  UV_TIMER = 13,
  UV_TTY = 14,
  UV_UDP = 15,
  UV_SIGNAL = 16,
  UV_FILE = 17, /**< Only an answer of uv_guess_handle(); no handle has it. */
  UV_HANDLE_TYPE_MAX = 18
} uv_handle_type;

#ifdef __cplusplus
extern "C" {
#endif

/** Runs once the handle is closed. From here on its memory is the program's again. */
typedef void (*uv_close_cb)(uv_handle_t* handle);
/** Sees one handle of the loop; `arg` is what uv_walk() was given. */
typedef void (*uv_walk_cb)(uv_handle_t* handle, void* arg);

/**
 * The beginning of every handle. `flags` is not for programs, though some name it: BIND copies it
 * between the handles of one socket, and uvloop marks pipes in it. Nothing else may be done with
 * it.
 */
struct uv_handle_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
};

/**
 * Bytes of the struct of a handle type, for bindings; (size_t) -1 for an unknown type.
 *
 * Thread: any. Source: libuv docs, "Base handle".
 */
UV_EXTERN size_t uv_handle_size(uv_handle_type type);

/**
 * The lower-case name of a handle type ("tcp"), or NULL for an unknown one. Static memory.
 *
 * Thread: any. Source: libuv docs, "Base handle".
 */
UV_EXTERN const char* uv_handle_type_name(uv_handle_type type);

/**
 * handle->type.
 *
 * Thread: the loop's. Source: libuv docs, "Base handle".
 */
UV_EXTERN uv_handle_type uv_handle_get_type(const uv_handle_t* handle);

/**
 * handle->loop.
 *
 * Thread: any; the loop of a handle never changes. Source: libuv docs, "Base handle".
 */
UV_EXTERN uv_loop_t* uv_handle_get_loop(const uv_handle_t* handle);

/**
 * handle->data.
 *
 * Thread: the loop's. Source: libuv docs, "Base handle".
 */
UV_EXTERN void* uv_handle_get_data(const uv_handle_t* handle);

/**
 * Sets handle->data.
 *
 * Thread: the loop's. Source: libuv docs, "Base handle".
 */
UV_EXTERN void uv_handle_set_data(uv_handle_t* handle, void* data);

/**
 * Not 0 if the handle does something: a timer, poll, signal, idle, prepare or check that is
 * started, a stream that reads, writes, connects or listens. An async handle always is, until it
 * is closed.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_is_active(const uv_handle_t* handle);

/**
 * Not 0 from uv_close() on. Only to be asked from uv_*_init() to the close callback.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_is_closing(const uv_handle_t* handle);

/**
 * Closes a handle. What it had going ends: its requests get their callbacks with UV_ECANCELED,
 * then `close_cb` runs in a later closing phase. `close_cb` may be NULL. Only from then on may the
 * memory be reused. Closing twice is a mistake of the program; the second call does nothing.
 *
 * Thread: the loop's. Source: libuv docs, "Base handle".
 */
UV_EXTERN void uv_close(uv_handle_t* handle, uv_close_cb close_cb);

/**
 * Lets the handle keep its loop alive while it is active, as it does at first. Calling it again
 * changes nothing.
 *
 * Thread: the loop's. Source: libuv docs, "Base handle".
 */
UV_EXTERN void uv_ref(uv_handle_t*);

/**
 * Lets the loop end although the handle is active. Calling it again changes nothing.
 *
 * Thread: the loop's. Source: libuv docs, "Base handle".
 */
UV_EXTERN void uv_unref(uv_handle_t*);

/**
 * Not 0 if the handle keeps its loop alive while it is active.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_has_ref(const uv_handle_t*);

/**
 * The file descriptor (a SOCKET or HANDLE on Windows) under a TCP, pipe, TTY, UDP or poll handle.
 * It stays the library's: closing it or changing its mode breaks the handle.
 *
 * Thread: the loop's. Errors: UV_EINVAL for other handle types, UV_EBADF if there is no descriptor
 * yet or the handle is closed. Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_fileno(const uv_handle_t* handle, uv_os_fd_t* fd);

/**
 * Gets or sets the size in bytes of the operating system's send buffer of a TCP, pipe (Unix) or
 * UDP handle: gets it if *value is 0, else sets it. Linux sets twice what is asked for, and
 * reports that.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `value` is NULL, UV_ENOTSUP for other handles, UV_EBADF
 * without a socket, and errors of setsockopt(2). Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_send_buffer_size(uv_handle_t* handle, int* value);

/**
 * As uv_send_buffer_size(), in bytes too, for the receive buffer.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `value` is NULL, UV_ENOTSUP for other handles, UV_EBADF
 * without a socket, and errors of setsockopt(2). Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_recv_buffer_size(uv_handle_t* handle, int* value);

/**
 * Which kind of handle fits an open file descriptor: UV_TTY, UV_FILE, UV_NAMED_PIPE, UV_TCP,
 * UV_UDP, or UV_UNKNOWN_HANDLE. Mostly asked for the standard streams.
 *
 * Thread: any. Source: libuv docs, "Miscellaneous utilities".
 */
UV_EXTERN uv_handle_type uv_guess_handle(uv_file file);

/**
 * The operating system's handle of a C run-time file descriptor. On Unix, the descriptor itself.
 *
 * Thread: any. Source: libuv docs, "Base handle".
 */
UV_EXTERN uv_os_fd_t uv_get_osfhandle(int fd);

/**
 * The opposite: a C run-time file descriptor for a handle of the operating system. On Unix,
 * itself.
 *
 * Thread: any. Errors: -1 if the run-time refuses (Windows). Source: libuv docs, "Base handle".
 */
UV_EXTERN int uv_open_osfhandle(uv_os_fd_t os_fd);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_HANDLE_H_ */
