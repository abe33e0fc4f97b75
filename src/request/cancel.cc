#include "request/cancel.h"

#include "request/fs_routing.h"
#include "request/pool_request.h"

namespace violet {

int cancel_request(uv_req_t* request) {
  switch (request->type) {
    case UV_FS:
      return cancel_fs(*reinterpret_cast<FsRequest*>(request));
    case UV_WORK:
    case UV_GETADDRINFO:
    case UV_GETNAMEINFO:
    case UV_RANDOM:
      return cancel_work(reinterpret_cast<PoolRequest*>(request)->space.content);
    default:
      return UV_EINVAL;
  }
}

}  // namespace violet
