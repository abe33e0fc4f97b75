#include "iocp/connect_address.h"

#include <cstring>

#include "os/windows/windows_error.h"

namespace violet {

int bind_for_connect(SOCKET socket, int family) {
  sockaddr_storage name = {};
  int size = sizeof(name);
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size) == 0) {
    // Wine answers with a name of no port where Windows says that there is none.
    const auto* internet = reinterpret_cast<const sockaddr_in*>(&name);
    if (internet->sin_port != 0) return 0;
  }
  name = {};
  name.ss_family = static_cast<ADDRESS_FAMILY>(family);
  size = family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&name), size) == 0) return 0;
  // It was bound after all.
  return WSAGetLastError() == WSAEINVAL ? 0 : last_socket_error();
}

const sockaddr* reachable_address(const sockaddr* address, sockaddr_storage& local) {
  if (address->sa_family == AF_INET) {
    const auto* given = reinterpret_cast<const sockaddr_in*>(address);
    if (given->sin_addr.s_addr != INADDR_ANY) return address;
    auto* internet = reinterpret_cast<sockaddr_in*>(&local);
    *internet = *given;
    internet->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return reinterpret_cast<const sockaddr*>(&local);
  }
  if (address->sa_family == AF_INET6) {
    const auto* given = reinterpret_cast<const sockaddr_in6*>(address);
    if (!IN6_IS_ADDR_UNSPECIFIED(&given->sin6_addr)) return address;
    auto* internet = reinterpret_cast<sockaddr_in6*>(&local);
    *internet = *given;
    internet->sin6_addr = in6addr_loopback;
    return reinterpret_cast<const sockaddr*>(&local);
  }
  return address;
}

}  // namespace violet
