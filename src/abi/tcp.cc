#include "handle/tcp.h"

using violet::Tcp;
using violet::view;

int uv_tcp_init(uv_loop_t* loop, uv_tcp_t* handle) {
  return violet::init_tcp(violet::loop_of(loop), handle, AF_UNSPEC);
}

int uv_tcp_init_ex(uv_loop_t* loop, uv_tcp_t* handle, unsigned int flags) {
  return violet::init_tcp(violet::loop_of(loop), handle, flags);
}

int uv_tcp_open(uv_tcp_t* handle, uv_os_sock_t sock) {
  return open_tcp(view<Tcp>(handle), violet::descriptor_of_socket(sock));
}

int uv_tcp_bind(uv_tcp_t* handle, const struct sockaddr* addr, unsigned int flags) {
  return bind_tcp(view<Tcp>(handle), addr, flags);
}

int uv_tcp_connect(uv_connect_t* req, uv_tcp_t* handle, const struct sockaddr* addr,
                   uv_connect_cb cb) {
  return connect_tcp(view<Tcp>(handle), req, addr, cb);
}

int uv_tcp_getsockname(const uv_tcp_t* handle, struct sockaddr* name, int* namelen) {
  return tcp_socket_name(view<Tcp>(handle), name, namelen);
}

int uv_tcp_getpeername(const uv_tcp_t* handle, struct sockaddr* name, int* namelen) {
  return tcp_peer_name(view<Tcp>(handle), name, namelen);
}

int uv_tcp_close_reset(uv_tcp_t* handle, uv_close_cb close_cb) {
  return close_tcp_with_reset(view<Tcp>(handle), close_cb);
}

int uv_tcp_nodelay(uv_tcp_t* handle, int enable) {
  return set_tcp_no_delay(view<Tcp>(handle), enable != 0);
}

int uv_tcp_keepalive(uv_tcp_t* handle, int enable, unsigned int delay) {
  return uv_tcp_keepalive_ex(handle, enable, delay, 1, 10);
}

int uv_tcp_keepalive_ex(uv_tcp_t* handle, int on, unsigned int idle, unsigned int intvl,
                        unsigned int cnt) {
  if (on == 0) return set_tcp_keep_alive(view<Tcp>(handle), nullptr);
  const violet::KeepAlive options = {idle, intvl, cnt};
  return set_tcp_keep_alive(view<Tcp>(handle), &options);
}

int uv_tcp_simultaneous_accepts(uv_tcp_t* handle, int enable) {
  note_simultaneous_accepts(view<Tcp>(handle), enable != 0);
  return 0;
}
