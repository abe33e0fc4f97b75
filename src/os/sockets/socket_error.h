// Errors of calls on sockets.
#pragma once

namespace violet {

// Why the last call on a socket failed: a negative UV_E*. Each system has its own place for it.
int last_socket_error();

}  // namespace violet
