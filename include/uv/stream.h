/** Streams: what TCP sockets, pipes and terminals have in common. */
#ifndef UV_STREAM_H_
#define UV_STREAM_H_

#include "uv/handle.h"
#include "uv/request.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Runs with data or an end. `nread` > 0: bytes in buf->base. 0: nothing now, not an end. < 0: an
 * error; UV_EOF when the other side has ended. The buffer is the program's to free, also on errors
 * if its base is not NULL.
 */
typedef void (*uv_read_cb)(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf);

/** Runs when the data has been given to the system (status 0), or could not be. */
typedef void (*uv_write_cb)(uv_write_t* req, int status);
/** Runs when connected (status 0) or refused. */
typedef void (*uv_connect_cb)(uv_connect_t* req, int status);
/**
 * Runs when all queued data is written and the writing side is shut (status 0), or could not be.
 */
typedef void (*uv_shutdown_cb)(uv_shutdown_t* req, int status);

/**
 * Runs when someone connects to a listening stream; call uv_accept(). `status` < 0 is an error of
 * accepting.
 */
typedef void (*uv_connection_cb)(uv_stream_t* server, int status);

/** The beginning of every stream. */
struct uv_stream_s {
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
  void* reserved[UV_RESERVED_STREAM];
#else
  void* reserved[2];
  uv__io_t io_watcher;
  void* reserved_end[UV_RESERVED_STREAM_END];
#endif
};

struct uv_connect_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_connect_cb cb;
  uv_stream_t* handle; /**< The stream that connects. */
#if !defined(_WIN32)
  void* reserved[UV_RESERVED_CONNECT];
#endif
};

struct uv_shutdown_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_stream_t* handle; /**< The stream that is shut down. */
  uv_shutdown_cb cb;
};

struct uv_write_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_write_cb cb;
  uv_stream_t* send_handle; /**< The handle sent along (uv_write2()), or NULL. */
  uv_stream_t* handle;      /**< The stream that is written to. */
#if defined(_WIN32)
  void* reserved[UV_RESERVED_WRITE];
#else
  void* reserved[2];
  unsigned int write_index; /**< How many buffers are written whole. */
  uv_buf_t* bufs;           /**< The buffers, until all is written. */
  unsigned int nbufs;       /**< How many there were. */
  int error;
  uv_buf_t bufsml[4]; /**< Room for few buffers. */
#endif
};

/**
 * Listens for connections. `backlog` is how many the kernel may queue, as in listen(2). `cb` runs
 * for each one.
 *
 * Thread: the loop's. Errors: UV_EINVAL for other streams than TCP and pipes, an IPC pipe, one that
 * is not bound, or a closing handle; UV_EADDRINUSE also if an earlier bind failed so, and errors of
 * listen(2). Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_listen(uv_stream_t* stream, int backlog, uv_connection_cb cb);

/**
 * Takes a connection that uv_connection_cb announced, or a handle received over an IPC pipe (see
 * uv_pipe_pending_count()), into `client`, which is initialized and not open. Called in that
 * callback, once for each, it does not fail.
 *
 * Thread: the loop's. Errors: UV_EAGAIN if there is none, UV_EBUSY if the client has a socket or
 * descriptor already, UV_EINVAL if it is of another kind or loop, or closing. What was to be taken
 * stays then, for another client. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_accept(uv_stream_t* server, uv_stream_t* client);

/**
 * Reads until uv_read_stop() or the end. When data is there `alloc_cb` is asked for memory, then
 * `read_cb` gets it.
 *
 * Thread: the loop's. Errors: UV_EINVAL if a callback is NULL or the stream is closing,
 * UV_EALREADY if it reads already, UV_ENOTCONN if it is not connected or not readable, UV_EEXIST if
 * another handle of this loop watches the descriptor. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_read_start(uv_stream_t*, uv_alloc_cb alloc_cb, uv_read_cb read_cb);

/**
 * Stops reading at once: `read_cb` does not run any more. The one exception: if `alloc_cb` calls
 * this function and then gives memory, `read_cb` gives the memory back, with 0 bytes. Does nothing
 * to a stream that does not read.
 *
 * Thread: the loop's. Errors: none; the result can be ignored. Source: libuv docs, "Stream
 * handle".
 */
UV_EXTERN int uv_read_stop(uv_stream_t*);

/**
 * Writes the buffers in order; `cb` runs once, in the order of the writes, and may be NULL. The
 * array is copied; the memory it points to must stay until `cb` runs.
 *
 * If nothing is queued before them, the first eight writes of a stream in an iteration, or between
 * two runs, have been offered to the kernel when the call returns; the io_uring engine may keep
 * what a callback writes to a socket for its next wait. Later writes go out when the loop polls, or
 * before the process ends by exit() or by returning from main().
 *
 * Thread: the loop's. Errors: UV_EINVAL for no buffers or more than INT_MAX, which comes first;
 * UV_EBADF if the stream is not open, UV_EPIPE if it is not writable, UV_ENOMEM. Source: libuv
 * docs, "Stream handle"; when it is offered: seen with libuv 1.44.2.
 */
UV_EXTERN int uv_write(uv_write_t* req, uv_stream_t* handle, const uv_buf_t bufs[],
                       unsigned int nbufs, uv_write_cb cb);

/**
 * As uv_write(), and sends `send_handle` along over an IPC pipe: a TCP or pipe handle that listens
 * or is connected, on Unix also UDP. At least one byte must go with it. It may be closed when the
 * call has returned. `send_handle` may be NULL.
 *
 * Thread: the loop's. Errors: as uv_write(), UV_EINVAL if the stream is no IPC pipe, UV_EBADF if
 * `send_handle` has no descriptor, UV_EMFILE if it has to wait for room in the pipe and there is
 * no descriptor to keep it. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_write2(uv_write_t* req, uv_stream_t* handle, const uv_buf_t bufs[],
                        unsigned int nbufs, uv_stream_t* send_handle, uv_write_cb cb);

/**
 * Writes what can be written at once and queues nothing. Returns the bytes written.
 *
 * Thread: the loop's. Errors: UV_EAGAIN if nothing can be written now or writes are queued,
 * UV_EINVAL, UV_EBADF and UV_EPIPE as uv_write(), and errors of write(2). Source: libuv docs,
 * "Stream handle".
 */
UV_EXTERN int uv_try_write(uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs);

/**
 * As uv_try_write(), and sends a handle along as uv_write2() does. A handle cannot be sent so on
 * Windows.
 *
 * Thread: the loop's. Errors: as uv_try_write(), UV_EAGAIN on Windows if `send_handle` is not
 * NULL. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_try_write2(uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                            uv_stream_t* send_handle);

/**
 * Shuts the writing side once all queued writes are done, then runs `cb`. Reading goes on.
 *
 * Thread: the loop's. Errors: UV_ENOTCONN if the stream is not writable, is shutting down already
 * or is closing. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_shutdown(uv_shutdown_t* req, uv_stream_t* handle, uv_shutdown_cb cb);

/**
 * 1 if the stream can be read, else 0.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_is_readable(const uv_stream_t* handle);

/**
 * 1 if the stream can be written, else 0.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "Stream handle".
 */
UV_EXTERN int uv_is_writable(const uv_stream_t* handle);

/**
 * Makes writes to the stream block the loop (1) or not (0). Should be called right after opening.
 * On Windows for pipes only. What is written keeps its order.
 *
 * Thread: the loop's. Errors: errors of fcntl(2); UV_EINVAL for other streams on Windows. Source:
 * libuv docs, "Stream handle".
 */
UV_EXTERN int uv_stream_set_blocking(uv_stream_t* handle, int blocking);

/**
 * Bytes not written yet.
 *
 * Thread: the loop's. Source: libuv docs, "Stream handle".
 */
UV_EXTERN size_t uv_stream_get_write_queue_size(const uv_stream_t* stream);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_STREAM_H_ */
