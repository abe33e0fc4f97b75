/** Streams: what TCP sockets, pipes and terminals have in common. */
#ifndef UV_STREAM_H_
#define UV_STREAM_H_

#include "uv/handle.h"
#include "uv/request.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_read_cb)(uv_stream_t* stream, ssize_t nread, const uv_buf_t* buf);
typedef void (*uv_write_cb)(uv_write_t* req, int status);
typedef void (*uv_connect_cb)(uv_connect_t* req, int status);
typedef void (*uv_shutdown_cb)(uv_shutdown_t* req, int status);
typedef void (*uv_connection_cb)(uv_stream_t* server, int status);

/** The beginning of every stream. */
struct uv_stream_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  size_t write_queue_size; /**< Bytes not written yet. */
  uv_alloc_cb alloc_cb;
  uv_read_cb read_cb;
  void* reserved[UV_RESERVED_STREAM];
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
  void* reserved[UV_RESERVED_WRITE];
};

UV_EXTERN int uv_listen(uv_stream_t* stream, int backlog, uv_connection_cb cb);
UV_EXTERN int uv_accept(uv_stream_t* server, uv_stream_t* client);
UV_EXTERN int uv_read_start(uv_stream_t*, uv_alloc_cb alloc_cb, uv_read_cb read_cb);
UV_EXTERN int uv_read_stop(uv_stream_t*);
UV_EXTERN int uv_write(uv_write_t* req, uv_stream_t* handle, const uv_buf_t bufs[],
                       unsigned int nbufs, uv_write_cb cb);
UV_EXTERN int uv_write2(uv_write_t* req, uv_stream_t* handle, const uv_buf_t bufs[],
                        unsigned int nbufs, uv_stream_t* send_handle, uv_write_cb cb);
UV_EXTERN int uv_try_write(uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs);
UV_EXTERN int uv_try_write2(uv_stream_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                            uv_stream_t* send_handle);
UV_EXTERN int uv_shutdown(uv_shutdown_t* req, uv_stream_t* handle, uv_shutdown_cb cb);

UV_EXTERN int uv_is_readable(const uv_stream_t* handle);
UV_EXTERN int uv_is_writable(const uv_stream_t* handle);
UV_EXTERN int uv_stream_set_blocking(uv_stream_t* handle, int blocking);
UV_EXTERN size_t uv_stream_get_write_queue_size(const uv_stream_t* stream);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_STREAM_H_ */
