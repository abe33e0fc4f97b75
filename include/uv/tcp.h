/** TCP sockets. */
#ifndef UV_TCP_H_
#define UV_TCP_H_

#include "uv/stream.h"

/** Flags of uv_tcp_bind(). */
enum uv_tcp_flags {
  UV_TCP_IPV6ONLY = 1, /**< No IPv4 on an IPv6 socket. */
  UV_TCP_REUSEPORT = 2 /**< The kernel spreads connections over sockets on one port. */
};

#ifdef __cplusplus
extern "C" {
#endif

struct uv_tcp_s {
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
  void* reserved[UV_RESERVED_TCP];
#else
  void* reserved[2];
  uv__io_t io_watcher;
  void* reserved_end[UV_RESERVED_STREAM_END];
#endif
};

/**
 * Initializes a TCP handle. No socket is made yet.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_init(uv_loop_t*, uv_tcp_t* handle);

/**
 * As uv_tcp_init(), with an address family (AF_INET, AF_INET6, or AF_UNSPEC) in the low 8 bits of
 * `flags`: for a family given the socket is made at once.
 *
 * Thread: the loop's. Errors: UV_EINVAL for another family or other bits, and errors of socket(2).
 * Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_init_ex(uv_loop_t*, uv_tcp_t* handle, unsigned int flags);

/**
 * Takes an open socket, which becomes the handle's and is made non-blocking. Its type is not
 * checked; it must be a stream socket.
 *
 * Thread: the loop's. Errors: UV_EBUSY if the handle has a socket, UV_EINVAL if it is closing,
 * UV_EEXIST while another handle of this loop is active on the socket, and errors of fcntl(2).
 * Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_open(uv_tcp_t* handle, uv_os_sock_t sock);

/**
 * Binds to an address and port. An address in use is mostly not reported here but by uv_listen()
 * or uv_tcp_connect(). `flags` are of uv_tcp_flags; others are ignored.
 *
 * Thread: the loop's. Errors: UV_EINVAL for another family or a closing handle, UV_ENOTSUP for
 * UV_TCP_REUSEPORT where it cannot balance, and errors of bind(2). Source: libuv docs, "TCP
 * handle".
 */
UV_EXTERN int uv_tcp_bind(uv_tcp_t* handle, const struct sockaddr* addr, unsigned int flags);

/**
 * Connects to an address and port; `cb` tells the outcome. A refusal known at once also comes
 * through `cb`. On Windows an address of all zeros becomes the loopback address. A link-local IPv6
 * address without a scope is one of the first interface that has such an address.
 *
 * Thread: the loop's. Errors: UV_EINVAL for another family or a closing handle, UV_EALREADY while
 * connecting, UV_EISCONN if it listens or a write is with the system, and errors of socket(2) and
 * connect(2). Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_connect(uv_connect_t* req, uv_tcp_t* handle, const struct sockaddr* addr,
                             uv_connect_cb cb);

/**
 * The address the socket is bound to. *namelen is the size of `name` in bytes on entry and of the
 * address afterwards; a struct sockaddr_storage holds any.
 *
 * Thread: the loop's. Errors: UV_EBADF without a socket, what uv_tcp_bind() left to be told
 * (UV_EADDRINUSE), and errors of getsockname(2). Source: libuv docs, "TCP handle"; observed.
 */
UV_EXTERN int uv_tcp_getsockname(const uv_tcp_t* handle, struct sockaddr* name, int* namelen);

/**
 * The address of the other side. Sizes in bytes, as in uv_tcp_getsockname().
 *
 * Thread: the loop's. Errors: UV_EBADF without a socket, UV_ENOTCONN. Source: libuv docs, "TCP
 * handle".
 */
UV_EXTERN int uv_tcp_getpeername(const uv_tcp_t* handle, struct sockaddr* name, int* namelen);

/**
 * Closes the handle with a TCP reset instead of an orderly end. Not after uv_shutdown().
 *
 * Thread: the loop's. Errors: UV_EINVAL after uv_shutdown() or uv_close(), and errors of
 * setsockopt(2); the handle is then not closed. Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_close_reset(uv_tcp_t* handle, uv_close_cb close_cb);

/**
 * Turns TCP_NODELAY on (1) or off (0): on sends small writes at once, without Nagle's algorithm.
 * Without a socket it is kept for when there is one, as are the two below.
 *
 * Thread: the loop's. Errors: errors of setsockopt(2). Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_nodelay(uv_tcp_t* handle, int enable);

/**
 * Turns TCP keep-alive on (1) or off (0). `delay` is the seconds of silence before the first
 * probe, ignored when turning off. Nine more probes follow, one each second, before the connection
 * ends with UV_ETIMEDOUT.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `delay` is 0 when turning it on for a socket, which has
 * it then all the same, with the system's numbers; errors of setsockopt(2). Without a socket any
 * number is taken; one that the system refuses becomes 60. Source: libuv docs, "TCP handle";
 * observed.
 */
UV_EXTERN int uv_tcp_keepalive(uv_tcp_t* handle, int enable, unsigned int delay);

/**
 * As uv_tcp_keepalive() with all three numbers: `idle` seconds of silence, `intvl` seconds between
 * probes, `cnt` probes.
 *
 * Thread: the loop's. Errors: as for uv_tcp_keepalive(), if any of them is 0. Source: libuv docs,
 * "TCP handle".
 */
UV_EXTERN int uv_tcp_keepalive_ex(uv_tcp_t* handle, int on, unsigned int idle, unsigned int intvl,
                                  unsigned int cnt);

/**
 * Lets the system accept several connections ahead (1) or not (0). Only Windows looks at it.
 *
 * Thread: the loop's. Errors: none on Unix. Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_tcp_simultaneous_accepts(uv_tcp_t* handle, int enable);

/**
 * Makes two connected sockets. `type` and `protocol` as in socketpair(2); each of the flags is 0
 * or UV_NONBLOCK_PIPE for a socket that does not block.
 *
 * Thread: any. Errors: errors of socketpair(2). Source: libuv docs, "TCP handle".
 */
UV_EXTERN int uv_socketpair(int type, int protocol, uv_os_sock_t socket_vector[2], int flags0,
                            int flags1);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_TCP_H_ */
