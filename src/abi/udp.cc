#include "handle/udp.h"

#include "base/enum_value.h"

using violet::SendRequest;
using violet::Udp;
using violet::view;

int uv_udp_init(uv_loop_t* loop, uv_udp_t* handle) {
  return violet::init_udp(violet::loop_of(loop), handle, 0);
}
int uv_udp_init_ex(uv_loop_t* loop, uv_udp_t* handle, unsigned int flags) {
  return violet::init_udp(violet::loop_of(loop), handle, flags);
}
int uv_udp_open(uv_udp_t* handle, uv_os_sock_t sock) {
  return open_udp(view<Udp>(handle), violet::descriptor_of_socket(sock), 0);
}
int uv_udp_open_ex(uv_udp_t* handle, uv_os_sock_t sock, unsigned int flags) {
  return open_udp(view<Udp>(handle), violet::descriptor_of_socket(sock), flags);
}
int uv_udp_bind(uv_udp_t* handle, const struct sockaddr* addr, unsigned int flags) {
  return bind_udp(view<Udp>(handle), addr, flags);
}
int uv_udp_connect(uv_udp_t* handle, const struct sockaddr* addr) {
  return connect_udp(view<Udp>(handle), addr);
}
int uv_udp_getsockname(const uv_udp_t* handle, struct sockaddr* name, int* namelen) {
  return udp_socket_name(view<Udp>(handle), name, namelen);
}
int uv_udp_getpeername(const uv_udp_t* handle, struct sockaddr* name, int* namelen) {
  return udp_peer_name(view<Udp>(handle), name, namelen);
}

int uv_udp_send(uv_udp_send_t* req, uv_udp_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                const struct sockaddr* addr, uv_udp_send_cb send_cb) {
  SendRequest& request = *reinterpret_cast<SendRequest*>(req);
  return start_send(view<Udp>(handle), request, bufs, nbufs, addr, send_cb);
}
int uv_udp_try_send(uv_udp_t* handle, const uv_buf_t bufs[], unsigned int nbufs,
                    const struct sockaddr* addr) {
  return static_cast<int>(try_send(view<Udp>(handle), bufs, nbufs, addr));
}
int uv_udp_try_send2(uv_udp_t* handle, unsigned int count, uv_buf_t* bufs[], unsigned int nbufs[],
                     struct sockaddr* addrs[], unsigned int flags) {
  if (flags != 0) return UV_EINVAL;
  return try_send_several(view<Udp>(handle), count, bufs, nbufs, addrs);
}
size_t uv_udp_get_send_queue_size(const uv_udp_t* handle) {
  return view<Udp>(handle).send_queue_size;
}
size_t uv_udp_get_send_queue_count(const uv_udp_t* handle) {
  return view<Udp>(handle).send_queue_count;
}

int uv_udp_recv_start(uv_udp_t* handle, uv_alloc_cb alloc_cb, uv_udp_recv_cb recv_cb) {
  return start_receiving(view<Udp>(handle), alloc_cb, recv_cb);
}
int uv_udp_recv_stop(uv_udp_t* handle) {
  stop_receiving(view<Udp>(handle));
  return 0;
}
int uv_udp_using_recvmmsg(const uv_udp_t* handle) {
  return view<Udp>(handle).handle.has(violet::kUdpManyAtOnce) ? 1 : 0;
}

int uv_udp_set_membership(uv_udp_t* handle, const char* multicast_addr, const char* interface_addr,
                          uv_membership membership) {
  return udp_set_membership(view<Udp>(handle), multicast_addr, interface_addr,
                            violet::value_of(membership));
}
int uv_udp_set_source_membership(uv_udp_t* handle, const char* multicast_addr,
                                 const char* interface_addr, const char* source_addr,
                                 uv_membership membership) {
  return udp_set_source_membership(view<Udp>(handle), multicast_addr, interface_addr, source_addr,
                                   violet::value_of(membership));
}
int uv_udp_set_multicast_loop(uv_udp_t* handle, int on) {
  return udp_set_multicast_loop(view<Udp>(handle), on);
}
int uv_udp_set_multicast_ttl(uv_udp_t* handle, int ttl) {
  return udp_set_multicast_ttl(view<Udp>(handle), ttl);
}
int uv_udp_set_multicast_interface(uv_udp_t* handle, const char* interface_addr) {
  return udp_set_multicast_interface(view<Udp>(handle), interface_addr);
}
int uv_udp_set_broadcast(uv_udp_t* handle, int on) {
  return udp_set_broadcast(view<Udp>(handle), on != 0);
}
int uv_udp_set_ttl(uv_udp_t* handle, int ttl) {
  return udp_set_ttl(view<Udp>(handle), ttl);
}
