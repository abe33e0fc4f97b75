// Taking back a request that waits for the thread pool.
#pragma once

#include <uv.h>

namespace violet {

// 0, UV_EBUSY when it has begun or is over, UV_EINVAL for requests that do not use the pool.
int cancel_request(uv_req_t* request);

}  // namespace violet
