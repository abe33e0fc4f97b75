// uv_accept(): from a server, or an IPC pipe, into a handle of the right type.
#pragma once

#include "handle/stream.h"

namespace violet {

// UV_EAGAIN if there is nothing to accept, UV_EBUSY for a client that has a descriptor already,
// UV_EINVAL for one that cannot take it. What is to be accepted stays then.
int accept_into(Stream& server, Handle& client);

}  // namespace violet
