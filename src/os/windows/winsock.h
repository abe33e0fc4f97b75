// Winsock, which has to be started before its first use.
#pragma once

#include <winsock2.h>

#include <ws2tcpip.h>

#include <windows.h>

namespace violet {

// 0 or a negative UV_E*. Started once and never ended: sockets may outlive every loop.
int start_winsock();

// SOCK_STREAM and its like; 0 for a handle that is no socket.
int socket_type(SOCKET socket);

}  // namespace violet
