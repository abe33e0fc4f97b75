#include "request/getnameinfo.h"

#include <cstring>

#include "core/call.h"
#include "os/name_lookup.h"

namespace violet {
namespace {

// 0 for families that the resolver does not know.
std::size_t address_size(int family) {
  if (family == AF_INET) return sizeof(sockaddr_in);
  return family == AF_INET6 ? sizeof(sockaddr_in6) : 0;
}

int look_up(NameLookup& request) {
  const NameBuffers names = {request.host(), sizeof(uv_getnameinfo_t::host), request.service(),
                             sizeof(uv_getnameinfo_t::service)};
  return look_up_address(reinterpret_cast<const sockaddr*>(&request.address), request.flags, names);
}

void work(WorkItem& item) {
  NameLookup& request = request_of<NameLookup>(item);
  request.status = look_up(request);
}

void on_finished(RemoteItem& item, Loop& loop) {
  NameLookup& request = request_of<NameLookup>(item);
  if (request.space.content.status != 0) request.status = UV_EAI_CANCELED;
  end_request(loop);
  const bool found = request.status == 0;
  call_program(CallbackKind::kNameLookup, request.callback,
               reinterpret_cast<uv_getnameinfo_t*>(&request), request.status,
               found ? request.host() : nullptr, found ? request.service() : nullptr);
}

}  // namespace

int look_up_name_of(uv_loop_t* loop, NameLookup& request, const sockaddr* address, int flags,
                    uv_getnameinfo_cb callback) {
  if (loop == nullptr && callback != nullptr) return UV_EINVAL;
  const std::size_t size = address_size(address->sa_family);
  if (size == 0) return UV_EINVAL;
  request.header.type = UV_GETNAMEINFO;
  request.public_loop = loop;
  request.callback = callback;
  std::memset(&request.address, 0, sizeof(request.address));
  std::memcpy(&request.address, address, size);
  request.flags = flags;
  request.status = 0;
  if (callback == nullptr) return look_up(request);
  return begin_on_pool(loop_of(loop), request, UV_GETNAMEINFO, Lane::kLookup, work, on_finished);
}

}  // namespace violet
