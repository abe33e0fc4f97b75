// Where ConnectEx() is to connect to.
#pragma once

#include "os/windows/winsock.h"

namespace violet {

// On POSIX, to connect to the unspecified address (0.0.0.0, ::) means this host; Windows refuses
// it. It is replaced by the loopback address, in `local`; any other is returned as it is.
const sockaddr* reachable_address(const sockaddr* address, sockaddr_storage& local);

}  // namespace violet
