/** UDP sockets. */
#ifndef UV_UDP_H_
#define UV_UDP_H_

#include "uv/handle.h"
#include "uv/request.h"

/** Flags of the UDP functions and of uv_udp_recv_cb. */
enum uv_udp_flags {
  UV_UDP_IPV6ONLY = 1,       /**< Bind: no IPv4 on an IPv6 socket. */
  UV_UDP_PARTIAL = 2,        /**< Receive: the message was longer than the buffer and is cut. */
  UV_UDP_REUSEADDR = 4,      /**< Bind: others may bind the same address; the last one receives. */
  UV_UDP_MMSG_CHUNK = 8,     /**< Receive: the buffer is a part of a larger one; do not free it. */
  UV_UDP_MMSG_FREE = 16,     /**< Receive: the last call for a large buffer, which can be freed now. */
  UV_UDP_LINUX_RECVERR = 32, /**< Bind: report ICMP errors (Linux). */
  UV_UDP_REUSEPORT = 64,     /**< Bind: several sockets share the port and the kernel spreads messages. */
  UV_UDP_RECVMMSG = 256      /**< Init: receive several messages with one system call. */
};

/** What uv_udp_set_membership() does. */
typedef enum uv_membership { UV_LEAVE_GROUP = 0, UV_JOIN_GROUP = 1 } uv_membership;

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*uv_udp_send_cb)(uv_udp_send_t* req, int status);
typedef void (*uv_udp_recv_cb)(uv_udp_t* handle, ssize_t nread, const uv_buf_t* buf,
                               const struct sockaddr* addr, unsigned int flags);

struct uv_udp_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  size_t send_queue_size;  /**< Bytes not sent yet. */
  size_t send_queue_count; /**< Messages not sent yet. */
  void* reserved[UV_RESERVED_UDP];
};

struct uv_udp_send_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_req_type type;
  unsigned int reserved_state;
  void* reserved_req[UV_RESERVED_REQ];
  uv_udp_t* handle; /**< The socket that sends. */
  uv_udp_send_cb cb;
#if !defined(_WIN32)
  void* reserved[UV_RESERVED_UDP_SEND];
#endif
};

UV_EXTERN int uv_udp_init(uv_loop_t*, uv_udp_t* handle);
UV_EXTERN int uv_udp_init_ex(uv_loop_t*, uv_udp_t* handle, unsigned int flags);
UV_EXTERN int uv_udp_open(uv_udp_t* handle, uv_os_sock_t sock);
UV_EXTERN int uv_udp_open_ex(uv_udp_t* handle, uv_os_sock_t sock, unsigned int flags);
UV_EXTERN int uv_udp_bind(uv_udp_t* handle, const struct sockaddr* addr, unsigned int flags);
UV_EXTERN int uv_udp_connect(uv_udp_t* handle, const struct sockaddr* addr);
UV_EXTERN int uv_udp_getsockname(const uv_udp_t* handle, struct sockaddr* name, int* namelen);
UV_EXTERN int uv_udp_getpeername(const uv_udp_t* handle, struct sockaddr* name, int* namelen);

UV_EXTERN int uv_udp_send(uv_udp_send_t* req, uv_udp_t* handle, const uv_buf_t bufs[],
                          unsigned int nbufs, const struct sockaddr* addr, uv_udp_send_cb send_cb);
UV_EXTERN int uv_udp_try_send(uv_udp_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                              const struct sockaddr* addr);
UV_EXTERN int uv_udp_try_send2(uv_udp_t* handle, unsigned int count, uv_buf_t* bufs[],
                               unsigned int nbufs[], struct sockaddr* addrs[], unsigned int flags);
UV_EXTERN int uv_udp_recv_start(uv_udp_t* handle, uv_alloc_cb alloc_cb, uv_udp_recv_cb recv_cb);
UV_EXTERN int uv_udp_recv_stop(uv_udp_t* handle);
UV_EXTERN int uv_udp_using_recvmmsg(const uv_udp_t* handle);

UV_EXTERN int uv_udp_set_membership(uv_udp_t* handle, const char* multicast_addr,
                                    const char* interface_addr, uv_membership membership);
UV_EXTERN int uv_udp_set_source_membership(uv_udp_t* handle, const char* multicast_addr,
                                           const char* interface_addr, const char* source_addr,
                                           uv_membership membership);
UV_EXTERN int uv_udp_set_multicast_loop(uv_udp_t* handle, int on);
UV_EXTERN int uv_udp_set_multicast_ttl(uv_udp_t* handle, int ttl);
UV_EXTERN int uv_udp_set_multicast_interface(uv_udp_t* handle, const char* interface_addr);

UV_EXTERN int uv_udp_set_broadcast(uv_udp_t* handle, int on);
UV_EXTERN int uv_udp_set_ttl(uv_udp_t* handle, int ttl);
UV_EXTERN size_t uv_udp_get_send_queue_size(const uv_udp_t* handle);
UV_EXTERN size_t uv_udp_get_send_queue_count(const uv_udp_t* handle);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_UDP_H_ */
