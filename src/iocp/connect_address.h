// Where ConnectEx() is to connect to.
#pragma once

#include "os/windows/winsock.h"

namespace violet {

// Elsewhere the unspecified address means this host; here it is refused. Any other is returned as
// it is.
const sockaddr* reachable_address(const sockaddr* address, sockaddr_storage& local);

}  // namespace violet
