// Names for sockets that have none: connecting and listening, which elsewhere see to it themselves.
#pragma once

#include "os/windows/winsock.h"

namespace violet {

// Binds the socket to any address unless it is bound. 0 or a negative UV_E*.
int bind_if_unbound(SOCKET socket, int family);

}  // namespace violet
