#include "os/name_lookup.h"
#include "request/getaddrinfo.h"
#include "request/getnameinfo.h"

int uv_getaddrinfo(uv_loop_t* loop, uv_getaddrinfo_t* req, uv_getaddrinfo_cb getaddrinfo_cb,
                   const char* node, const char* service, const struct addrinfo* hints) {
  if (req == nullptr || (node == nullptr && service == nullptr)) return UV_EINVAL;
  return violet::look_up_addresses(loop, violet::view<violet::AddressLookup>(req), node, service,
                                   hints, getaddrinfo_cb);
}

void uv_freeaddrinfo(struct addrinfo* ai) {
  violet::free_addresses(ai);
}

int uv_getnameinfo(uv_loop_t* loop, uv_getnameinfo_t* req, uv_getnameinfo_cb getnameinfo_cb,
                   const struct sockaddr* addr, int flags) {
  if (req == nullptr || addr == nullptr) return UV_EINVAL;
  return violet::look_up_name_of(loop, violet::view<violet::NameLookup>(req), addr, flags,
                                 getnameinfo_cb);
}
