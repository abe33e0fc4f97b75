/** UDP sockets. */
#ifndef UV_UDP_H_
#define UV_UDP_H_

#include "uv/handle.h"
#include "uv/request.h"

/** Flags of the UDP functions and of uv_udp_recv_cb. */
enum uv_udp_flags {
  UV_UDP_IPV6ONLY = 1,   /**< Bind: no IPv4 on an IPv6 socket. */
  UV_UDP_PARTIAL = 2,    /**< Receive: the message was longer than the buffer and is cut. */
  UV_UDP_REUSEADDR = 4,  /**< Bind: others may bind the same address; the last one receives. */
  UV_UDP_MMSG_CHUNK = 8, /**< Receive: the buffer is a part of a larger one; do not free it. */
  UV_UDP_MMSG_FREE = 16, /**< Receive: the last call for a large buffer, which can be freed now. */
  UV_UDP_LINUX_RECVERR = 32, /**< Bind: report ICMP errors (Linux). Receive: this is one. */
  UV_UDP_REUSEPORT = 64,     /**< Bind: the kernel spreads messages over sockets on one port. */
  UV_UDP_RECVMMSG = 256      /**< Init: receive several messages with one system call. */
};

/** What uv_udp_set_membership() does. */
typedef enum uv_membership { UV_LEAVE_GROUP = 0, UV_JOIN_GROUP = 1 } uv_membership;

#ifdef __cplusplus
extern "C" {
#endif

/** Runs when the message has been given to the system (status 0), or could not be. */
typedef void (*uv_udp_send_cb)(uv_udp_send_t* req, int status);
/**
 * Runs with a message. `nread` is its bytes; an empty message has `nread` 0 and `addr` not NULL.
 * `nread` 0 and `addr` NULL: nothing more to read, free the buffer. < 0: an error. `flags` are
 * UV_UDP_PARTIAL, the UV_UDP_MMSG_*, and UV_UDP_LINUX_RECVERR beside an error that a message which
 * was sent has met with. `addr` and the buffer's chunk are valid in the callback only.
 */
typedef void (*uv_udp_recv_cb)(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                               const struct sockaddr* addr, unsigned int flags);

struct uv_udp_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  uv_close_cb close_cb;
  void* handle_queue[2];
  void* reserved_handle[5];
  unsigned int flags;
  size_t send_queue_size;  /**< Bytes not sent yet. */
  size_t send_queue_count; /**< Messages not sent yet. */
#if defined(_WIN32)
  void* reserved[UV_RESERVED_UDP];
#else
  uv_alloc_cb alloc_cb;
  uv_udp_recv_cb recv_cb;
  uv__io_t io_watcher;
  void* reserved[4];
#endif
};

struct uv_udp_send_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_udp_t* handle; /**< The socket that sends. */
  uv_udp_send_cb cb;
#if !defined(_WIN32)
  void* reserved[2];
  struct sockaddr_storage addr; /**< The receiver, if one was given. */
  unsigned int nbufs;           /**< How many buffers the message has. */
  uv_buf_t* bufs;               /**< The buffers, until the message is sent. */
  void* reserved_end[2];
  uv_buf_t bufsml[4]; /**< Room for few buffers. */
#endif
};

/**
 * Initializes a UDP handle. No socket is made yet.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_init(uv_loop_t*, uv_udp_t* handle);

/**
 * As uv_udp_init(), with an address family in the low 8 bits of `flags` (the socket is then made
 * at once), and UV_UDP_RECVMMSG.
 *
 * Thread: the loop's. Errors: UV_EINVAL for another family or other bits, and errors of socket(2).
 * Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_init_ex(uv_loop_t*, uv_udp_t* handle, unsigned int flags);

/**
 * Takes an open socket, which becomes the handle's and is made non-blocking. Its type is not
 * checked; it must be a datagram socket.
 *
 * Thread: the loop's. Errors: UV_EBUSY if the handle has a socket, UV_EINVAL if it is closing,
 * UV_EBADF, UV_ENOTSOCK for another descriptor, UV_EEXIST if this loop watches the descriptor
 * already, and errors of fcntl(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_open(uv_udp_t* handle, uv_os_sock_t sock);

/**
 * As uv_udp_open(); `flags` is 0 or UV_UDP_REUSEADDR.
 *
 * Thread: the loop's. Errors: as uv_udp_open(), UV_EINVAL for other flags. Source: libuv docs,
 * "UDP handle".
 */
UV_EXTERN int uv_udp_open_ex(uv_udp_t* handle, uv_os_sock_t sock, unsigned int flags);

/**
 * Binds to an address and port. `flags`: UV_UDP_IPV6ONLY, UV_UDP_REUSEADDR, UV_UDP_REUSEPORT,
 * UV_UDP_LINUX_RECVERR.
 *
 * Thread: the loop's. Errors: UV_EINVAL for other flags, another family or a bound handle,
 * UV_ENOTSUP for UV_UDP_REUSEPORT where it cannot balance, and errors of bind(2). Source: libuv
 * docs, "UDP handle".
 */
UV_EXTERN int uv_udp_bind(uv_udp_t* handle, const struct sockaddr* addr, unsigned int flags);

/**
 * Ties the handle to an address: messages go there, and only messages from there come. NULL unties
 * it. An unbound handle is bound first. A link-local IPv6 address without a scope is one of the
 * first interface that has such an address, here and where messages are sent.
 *
 * Thread: the loop's. Errors: UV_EISCONN if tied, UV_ENOTCONN if NULL and not tied, UV_EINVAL for
 * another family or a closing handle, and errors of connect(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_connect(uv_udp_t* handle, const struct sockaddr* addr);

/**
 * The address the socket is bound to. *namelen is the size of `name` in bytes on entry and of the
 * address afterwards.
 *
 * Thread: the loop's. Errors: UV_EBADF without a socket, and errors of getsockname(2). Source:
 * libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_getsockname(const uv_udp_t* handle, struct sockaddr* name, int* namelen);

/**
 * The address the handle is tied to. Sizes in bytes, as in uv_udp_getsockname().
 *
 * Thread: the loop's. Errors: UV_EBADF without a socket, UV_ENOTCONN. Source: libuv docs, "UDP
 * handle".
 */
UV_EXTERN int uv_udp_getpeername(const uv_udp_t* handle, struct sockaddr* name, int* namelen);

/**
 * Sends one message made of the buffers; `cb` runs once. `addr` must be NULL on a connected handle
 * and not NULL otherwise. An unbound handle is bound to all addresses and a free port first. The
 * array is copied; the memory it points to must stay until `cb` runs.
 *
 * Thread: the loop's. Errors: UV_EISCONN, UV_EDESTADDRREQ, UV_EINVAL for another family, no
 * buffers, more than INT_MAX or a closing handle, UV_ENOMEM, and errors of bind(2). Source: libuv
 * docs, "UDP handle".
 */
UV_EXTERN int uv_udp_send(uv_udp_send_t* req, uv_udp_t* handle, const uv_buf_t bufs[],
                          unsigned int nbufs, const struct sockaddr* addr, uv_udp_send_cb send_cb);

/**
 * Sends one message at once and queues nothing. Returns the bytes sent.
 *
 * Thread: the loop's. Errors: UV_EAGAIN if it cannot be sent now or messages are queued,
 * UV_EISCONN, UV_EDESTADDRREQ, UV_EINVAL as uv_udp_send(), and errors of sendmsg(2). Source: libuv
 * docs, "UDP handle".
 */
UV_EXTERN int uv_udp_try_send(uv_udp_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                              const struct sockaddr* addr);

/**
 * Sends up to `count` messages at once: message i is made of nbufs[i] buffers at bufs[i] and goes
 * to addrs[i]. `flags` is 0. Returns how many were sent.
 *
 * Thread: the loop's. Errors: UV_EINVAL if `count` is 0 or more than INT_MAX or `flags` is not 0;
 * UV_EAGAIN if none can be sent now or messages are queued; those of uv_udp_try_send() if the first
 * message meets with one. Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_try_send2(uv_udp_t* handle, unsigned int count, uv_buf_t* bufs[],
                               unsigned int nbufs[], struct sockaddr* addrs[], unsigned int flags);

/**
 * Receives until uv_udp_recv_stop(). An unbound handle is bound to all addresses and a free port
 * first. For several messages with one system call (UV_UDP_RECVMMSG), `alloc_cb` must give a
 * buffer of at least two times 64 KiB; with less than 64 KiB the callback has UV_EINVAL.
 *
 * Thread: the loop's. Errors: UV_EINVAL if a callback is NULL, UV_EALREADY if it receives already,
 * and errors of bind(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_recv_start(uv_udp_t* handle, uv_alloc_cb alloc_cb, uv_udp_recv_cb recv_cb);

/**
 * Stops receiving at once. Memory that an `alloc_cb` which calls this function gives comes back
 * through the receive callback, with 0 bytes and no address.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_recv_stop(uv_udp_t* handle);

/**
 * 1 if the handle receives several messages with one system call.
 *
 * Thread: the loop's. Errors: none. Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_using_recvmmsg(const uv_udp_t* handle);

/**
 * Joins or leaves a multicast group, on the interface with the given address; NULL lets the system
 * choose.
 *
 * Thread: the loop's. Errors: UV_EINVAL for an address that cannot be parsed, and errors of
 * setsockopt(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_membership(uv_udp_t* handle, const char* multicast_addr,
                                    const char* interface_addr, uv_membership membership);

/**
 * As uv_udp_set_membership(), for messages of one source.
 *
 * Thread: the loop's. Errors: UV_EINVAL for an address that cannot be parsed, and errors of
 * setsockopt(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_source_membership(uv_udp_t* handle, const char* multicast_addr,
                                           const char* interface_addr, const char* source_addr,
                                           uv_membership membership);

/**
 * Lets multicast messages come back to this machine (1) or not (0).
 *
 * Thread: the loop's. Errors: UV_EBADF without a socket, UV_EINVAL for other values (IPv4 takes
 * those up to 255 as 1), and errors of setsockopt(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_multicast_loop(uv_udp_t* handle, int on);

/**
 * How many hops multicast messages go: 0 (not beyond this machine) to 255.
 *
 * Thread: the loop's. Errors: UV_EINVAL outside of that, UV_EBADF without a socket, and errors of
 * setsockopt(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_multicast_ttl(uv_udp_t* handle, int ttl);

/**
 * The address of the interface that sends multicast messages; NULL lets the system choose.
 *
 * Thread: the loop's. Errors: UV_EINVAL for an address that cannot be parsed, UV_EBADF without a
 * socket, and errors of setsockopt(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_multicast_interface(uv_udp_t* handle, const char* interface_addr);

/**
 * Allows broadcast (1) or not (0).
 *
 * Thread: the loop's. Errors: UV_EBADF without a socket, and errors of setsockopt(2). Source:
 * libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_broadcast(uv_udp_t* handle, int on);

/**
 * How many hops messages go: 1 to 255.
 *
 * Thread: the loop's. Errors: UV_EINVAL outside of that, UV_EBADF without a socket, and errors of
 * setsockopt(2). Source: libuv docs, "UDP handle".
 */
UV_EXTERN int uv_udp_set_ttl(uv_udp_t* handle, int ttl);

/**
 * Bytes not sent yet.
 *
 * Thread: the loop's. Source: libuv docs, "UDP handle".
 */
UV_EXTERN size_t uv_udp_get_send_queue_size(const uv_udp_t* handle);

/**
 * Messages not sent yet.
 *
 * Thread: the loop's. Source: libuv docs, "UDP handle".
 */
UV_EXTERN size_t uv_udp_get_send_queue_count(const uv_udp_t* handle);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* UV_UDP_H_ */
