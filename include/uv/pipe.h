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
  void* reserved_handle[9];
  size_t write_queue_size; /**< Bytes not written yet. */
  uv_alloc_cb alloc_cb;
  uv_read_cb read_cb;
  void* reserved[UV_RESERVED_PIPE];
  int ipc; /**< Not 0 if handles can be sent over this pipe. */
  unsigned int reserved_bits;
  void* reserved_end[UV_RESERVED_PIPE_END];
};

UV_EXTERN int uv_pipe(uv_file fds[2], int read_flags, int write_flags);
UV_EXTERN int uv_pipe_init(uv_loop_t*, uv_pipe_t* handle, int ipc);
UV_EXTERN int uv_pipe_open(uv_pipe_t*, uv_file file);
UV_EXTERN int uv_pipe_bind(uv_pipe_t* handle, const char* name);
UV_EXTERN int uv_pipe_bind2(uv_pipe_t* handle, const char* name, size_t namelen,
                            unsigned int flags);
UV_EXTERN void uv_pipe_connect(uv_connect_t* req, uv_pipe_t* handle, const char* name,
                               uv_connect_cb cb);
UV_EXTERN int uv_pipe_connect2(uv_connect_t* req, uv_pipe_t* handle, const char* name,
                               size_t namelen, unsigned int flags, uv_connect_cb cb);

UV_EXTERN int uv_pipe_getsockname(const uv_pipe_t* handle, char* buffer, size_t* size);
UV_EXTERN int uv_pipe_getpeername(const uv_pipe_t* handle, char* buffer, size_t* size);
UV_EXTERN int uv_pipe_chmod(uv_pipe_t* handle, int flags);
UV_EXTERN void uv_pipe_pending_instances(uv_pipe_t* handle, int count);
UV_EXTERN int uv_pipe_pending_count(uv_pipe_t* handle);
UV_EXTERN uv_handle_type uv_pipe_pending_type(uv_pipe_t* handle);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_PIPE_H_ */
