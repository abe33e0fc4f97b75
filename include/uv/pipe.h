/** Pipes: Unix domain sockets and FIFOs, named pipes on Windows. */
#ifndef UV_PIPE_H_
#define UV_PIPE_H_

#include "uv/stream.h"

/** Flags of uv_pipe_bind2() and uv_pipe_connect2(). */
enum {
  UV_PIPE_NO_TRUNCATE = 1 /**< A name that is too long is an error instead of being cut. */
};

#ifdef __cplusplus
extern "C" {
#endif

struct uv_pipe_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  size_t write_queue_size; /**< Bytes not written yet. */
  uv_alloc_cb alloc_cb;
  uv_read_cb read_cb;
#if defined(_WIN32)
  void* reserved[UV_RESERVED_PIPE];
#else
  void* reserved[2];
  uv__io_t io_watcher;
  void* reserved_end[UV_RESERVED_STREAM_END];
#endif
  int ipc; /**< Not 0 if handles can be sent over this pipe. */
#if defined(_WIN32)
  unsigned int reserved_bits;
  void* reserved_end[UV_RESERVED_PIPE_END];
#else
  const char* pipe_fname; /**< The path it is bound to, or NULL. */
#endif
};

/**
 * Makes a pipe: fds[0] reads, fds[1] writes. The flags are 0 or UV_NONBLOCK_PIPE.
 *
 * Thread: any. Errors: errors of pipe(2). Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe(uv_file fds[2], int read_flags, int write_flags);

/**
 * Initializes a pipe handle. `ipc` is not 0 if handles will be sent over it; only for a connected
 * pipe, not for the one that listens.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_init(uv_loop_t*, uv_pipe_t* handle, int ipc);

/**
 * Takes an open file descriptor (or HANDLE), which becomes the handle's and is made non-blocking.
 * Its type is not checked; it must be a pipe, FIFO or Unix domain socket.
 *
 * Thread: the loop's. Errors: UV_EBUSY if the handle has a descriptor, UV_EINVAL if it is closing,
 * UV_EEXIST while another handle of this loop is active on the descriptor, and errors of fcntl(2).
 * Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_open(uv_pipe_t*, uv_file file);

/**
 * Binds to a path (Unix) or a name such as "\\\\?\\pipe\\name" (Windows). A path too long is cut
 * to the size of sun_path, usually 107 bytes. No abstract names: see uv_pipe_bind2().
 *
 * Thread: the loop's. Errors: UV_EINVAL for a bound or a closing handle, UV_EACCES if the directory
 * does not exist, and errors of bind(2). Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_bind(uv_pipe_t* handle, const char* name);

/**
 * As uv_pipe_bind() for a name of `namelen` bytes, which on Linux may begin with a zero byte
 * (abstract name) and then counts that byte. With no bytes the system chooses an abstract name, and
 * uv_pipe_getsockname() tells it. `flags` is 0 or UV_PIPE_NO_TRUNCATE.
 *
 * Thread: the loop's. Errors: UV_EINVAL for unknown flags, a zero byte elsewhere, an abstract or
 * empty name on other systems than Linux, or with UV_PIPE_NO_TRUNCATE a name too long; and errors
 * of bind(2). Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_bind2(uv_pipe_t* handle, const char* name, size_t namelen,
                            unsigned int flags);

/**
 * Connects to a path or name. `cb` gets the outcome, every error included. A path too long is cut.
 * No abstract names: see uv_pipe_connect2(). If it is called for a closing pipe from one of the
 * callbacks that get UV_ECANCELED, `cb` is never called, as in libuv.
 *
 * Thread: the loop's. Source: libuv docs, "Pipe handle".
 */
UV_EXTERN void uv_pipe_connect(uv_connect_t* req, uv_pipe_t* handle, const char* name,
                               uv_connect_cb cb);

/**
 * As uv_pipe_connect() with names (`namelen` in bytes) and flags as in uv_pipe_bind2().
 *
 * Thread: the loop's. Errors: UV_EINVAL as uv_pipe_bind2(), for no name, or for a pipe that listens
 * or is closing; UV_EALREADY while connecting; errors of connecting come through `cb`. Source:
 * libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_connect2(uv_connect_t* req, uv_pipe_t* handle, const char* name,
                               size_t namelen, unsigned int flags, uv_connect_cb cb);

/**
 * The name the pipe is bound to. *size is the size of `buffer` in bytes on entry and the length of
 * the name afterwards, without a final zero; an abstract name begins with a zero byte.
 *
 * Thread: the loop's. Errors: UV_EINVAL if an argument is NULL or *size is 0; UV_ENOBUFS if it
 * does not fit, and then *size is what is needed; UV_EBADF without a descriptor. Source: libuv
 * docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_getsockname(const uv_pipe_t* handle, char* buffer, size_t* size);

/**
 * The name the other side is bound to; sizes in bytes, as in uv_pipe_getsockname().
 *
 * Thread: the loop's. Errors: UV_EINVAL if an argument is NULL or *size is 0, UV_ENOBUFS if it does
 * not fit, UV_EBADF without a descriptor, UV_ENOTCONN. Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_getpeername(const uv_pipe_t* handle, char* buffer, size_t* size);

/**
 * Lets all users connect: `flags` is UV_READABLE, UV_WRITABLE or both. Changes the file that the
 * pipe was bound to, no other that has taken its place. Blocks.
 *
 * Thread: the loop's. Errors: UV_EINVAL for other flags, UV_EBADF without a descriptor, UV_ENOENT
 * if its file is not at its path any more, and errors of chmod(2). Source: libuv docs, "Pipe
 * handle".
 */
UV_EXTERN int uv_pipe_chmod(uv_pipe_t* handle, int flags);

/**
 * Sets how many instances of the pipe wait for connections. Has an effect on Windows only.
 *
 * Thread: the loop's. Source: libuv docs, "Pipe handle".
 */
UV_EXTERN void uv_pipe_pending_instances(uv_pipe_t* handle, int count);

/**
 * How many handles have been received over an IPC pipe and wait for uv_accept().
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Pipe handle".
 */
UV_EXTERN int uv_pipe_pending_count(uv_pipe_t* handle);

/**
 * The type of the received handle that uv_accept() takes next; UV_UNKNOWN_HANDLE if there is none.
 *
 * Thread: the loop's. Source: libuv docs, "Pipe handle".
 */
UV_EXTERN uv_handle_type uv_pipe_pending_type(uv_pipe_t* handle);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_PIPE_H_ */
