/** TCP sockets. */
#ifndef UV_TCP_H_
#define UV_TCP_H_

#include "uv/stream.h"

/** Flags of uv_tcp_bind(). */
enum uv_tcp_flags {
  UV_TCP_IPV6ONLY = 1, /**< No IPv4 on an IPv6 socket. */
  UV_TCP_REUSEPORT = 2 /**< Several sockets share the port and the kernel spreads connections over them. */
};

#ifdef __cplusplus
extern "C" {
#endif

struct uv_tcp_s {
  void* data; /**< The program's own; the library neither reads nor writes it. */
  uv_loop_t* loop;
  uv_handle_type type;
  unsigned int reserved_state;
  void* reserved_handle[9];
  size_t write_queue_size; /**< Bytes not written yet. */
  uv_alloc_cb alloc_cb;
  uv_read_cb read_cb;
  void* reserved[UV_RESERVED_TCP];
};

UV_EXTERN int uv_tcp_init(uv_loop_t*, uv_tcp_t* handle);
UV_EXTERN int uv_tcp_init_ex(uv_loop_t*, uv_tcp_t* handle, unsigned int flags);
UV_EXTERN int uv_tcp_open(uv_tcp_t* handle, uv_os_sock_t sock);
UV_EXTERN int uv_tcp_bind(uv_tcp_t* handle, const struct sockaddr* addr, unsigned int flags);
UV_EXTERN int uv_tcp_connect(uv_connect_t* req, uv_tcp_t* handle, const struct sockaddr* addr,
                             uv_connect_cb cb);
UV_EXTERN int uv_tcp_getsockname(const uv_tcp_t* handle, struct sockaddr* name, int* namelen);
UV_EXTERN int uv_tcp_getpeername(const uv_tcp_t* handle, struct sockaddr* name, int* namelen);
UV_EXTERN int uv_tcp_close_reset(uv_tcp_t* handle, uv_close_cb close_cb);

UV_EXTERN int uv_tcp_nodelay(uv_tcp_t* handle, int enable);
UV_EXTERN int uv_tcp_keepalive(uv_tcp_t* handle, int enable, unsigned int delay);
UV_EXTERN int uv_tcp_keepalive_ex(uv_tcp_t* handle, int on, unsigned int idle, unsigned int intvl,
                                  unsigned int cnt);
UV_EXTERN int uv_tcp_simultaneous_accepts(uv_tcp_t* handle, int enable);
UV_EXTERN int uv_socketpair(int type, int protocol, uv_os_sock_t socket_vector[2], int flags0,
                            int flags1);

#ifdef __cplusplus
}  /* extern "C" */
#endif

#endif  /* UV_TCP_H_ */
