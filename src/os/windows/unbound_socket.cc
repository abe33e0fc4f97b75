#include "os/windows/unbound_socket.h"

#include "os/windows/windows_error.h"

namespace violet {

int bind_if_unbound(SOCKET socket, int family) {
  sockaddr_storage name = {};
  int size = sizeof(name);
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size) == 0) {
    // Wine answers with a name of no port where Windows says that there is none.
    const auto* internet = reinterpret_cast<const sockaddr_in*>(&name);
    if (internet->sin_port != 0) return 0;
  }
  name = {};
  name.ss_family = static_cast<decltype(name.ss_family)>(family);
  size = family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&name), size) == 0) return 0;
  // WSAEINVAL says that it is bound already.
  return WSAGetLastError() == WSAEINVAL ? 0 : last_socket_error();
}

}  // namespace violet
