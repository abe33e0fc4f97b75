// What ConnectEx() asks for and connect(2) elsewhere does by itself.
#pragma once

#include "os/windows/winsock.h"

namespace violet {

// Binds the socket to any address unless it is bound. 0 or a negative UV_E*.
int bind_for_connect(SOCKET socket, int family);

// Elsewhere the unspecified address means this host; here it is refused. Any other is returned as
// it is.
const sockaddr* reachable_address(const sockaddr* address, sockaddr_storage& local);

}  // namespace violet
