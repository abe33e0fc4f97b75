/** The part that all requests share, and the functions that take any request. */
#ifndef UV_REQUEST_H_
#define UV_REQUEST_H_

#include "uv/types.h"

/** XX(UPPER, lower) for each request type that a program can create. */
#define UV_REQ_TYPE_MAP(XX)    \
  XX(REQ, req)                 \
  XX(CONNECT, connect)         \
  XX(WRITE, write)             \
  XX(SHUTDOWN, shutdown)       \
  XX(UDP_SEND, udp_send)       \
  XX(FS, fs)                   \
  XX(WORK, work)               \
  XX(GETADDRINFO, getaddrinfo) \
  XX(GETNAMEINFO, getnameinfo) \
  XX(RANDOM, random)

/** What a request is. */
typedef enum uv_req_type {
  UV_UNKNOWN_REQ = 0,
  UV_REQ = 1,
  UV_CONNECT = 2,
  UV_WRITE = 3,
  UV_SHUTDOWN = 4,
  UV_UDP_SEND = 5,
  UV_FS = 6,
  UV_WORK = 7,
  UV_GETADDRINFO = 8,
  UV_GETNAMEINFO = 9,
  UV_RANDOM = 10,
#if defined(_WIN32)
  /* Numbered for the ABI; no request that a program makes has these. */
  UV_ACCEPT = 11,
  UV_FS_EVENT_REQ = 12,
  UV_POLL_REQ = 13,
  UV_PROCESS_EXIT = 14,
  UV_READ = 15,
  UV_UDP_RECV = 16,
  UV_WAKEUP = 17,
  UV_SIGNAL_REQ = 18,
  UV_REQ_TYPE_MAX = 19
#else
  UV_REQ_TYPE_MAX = 11
#endif
} uv_req_type;

#ifdef __cplusplus
extern "C" {
#endif

/** The beginning of every request. */
struct uv_req_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
};

#if defined(_WIN32)
/* Sizes that the Windows ABI names; programs have no use for them. */
typedef struct uv_read_s {
  void* reserved[16];
} uv_read_t;
typedef struct uv_pipe_accept_s {
  void* reserved[16];
} uv_pipe_accept_t;
typedef struct uv_tcp_accept_s {
  void* reserved[54];
} uv_tcp_accept_t;
#endif

/**
 * Bytes of the struct of a request type, for bindings; (size_t) -1 for an unknown type.
 *
 * Thread: any. Source: libuv docs, "Base request".
 */
UV_EXTERN size_t uv_req_size(uv_req_type type);

/**
 * The lower-case name of a request type ("write"), or NULL for an unknown one. Static memory.
 *
 * Thread: any. Source: libuv docs, "Base request".
 */
UV_EXTERN const char* uv_req_type_name(uv_req_type type);

/**
 * req->type.
 *
 * Thread: any. Source: libuv docs, "Base request".
 */
UV_EXTERN uv_req_type uv_req_get_type(const uv_req_t* req);

/**
 * req->data.
 *
 * Thread: any. Source: libuv docs, "Base request".
 */
UV_EXTERN void* uv_req_get_data(const uv_req_t* req);

/**
 * Sets req->data.
 *
 * Thread: any. Source: libuv docs, "Base request".
 */
UV_EXTERN void uv_req_set_data(uv_req_t* req, void* data);

/**
 * Takes back a request that waits for the thread pool: uv_fs_t, uv_getaddrinfo_t,
 * uv_getnameinfo_t, uv_random_t, uv_work_t. Its callback still runs, in a later iteration, with
 * UV_ECANCELED (UV_EAI_CANCELED for the look-ups of names). Does not wait.
 *
 * Thread: the loop's. Errors: UV_EBUSY if it is running already or done, UV_EINVAL for other kinds
 * of request. Source: libuv docs, "Base request".
 */
UV_EXTERN int uv_cancel(uv_req_t* req);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_REQUEST_H_ */
