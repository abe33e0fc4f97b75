// uv_accept(): from a server, or an IPC pipe, into a handle of the right type.
#pragma once

#include "handle/stream.h"

namespace violet {

// UV_EAGAIN if there is nothing to accept, UV_EINVAL for a client that cannot take it.
int accept_into(Stream& server, Handle& client);

}  // namespace violet
