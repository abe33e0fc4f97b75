// How operations on sockets end, as the library's errors.
#pragma once

#include "iocp/operation.h"

namespace violet {

// Cancelled by us, or because its socket was closed.
bool is_cancelled(LONG status);
// 0 for a success.
int socket_error_of(LONG status);

}  // namespace violet
