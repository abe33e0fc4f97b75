#include "os/datagram.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>

#include "base/error.h"
#include "os/posix/new_descriptor.h"
#include "os/socket.h"

namespace violet {
int open_datagram_socket(int family, OwnedDescriptor& opened) {
  return new_socket(family, SOCK_DGRAM, opened);
}

int datagram_address_size(const sockaddr* address, unsigned int& size) {
  if (address->sa_family != AF_UNIX) return internet_address_size(address, size);
  size = sizeof(sockaddr_un);
  return 0;
}

int connect_datagram_socket(Descriptor socket, const sockaddr* address) {
  unsigned int size = 0;
  if (int error = datagram_address_size(address, size); error != 0) return error;
  while (connect(socket.native(), address, size) != 0) {
    if (errno != EINTR) return last_error();
  }
  return 0;
}

int disconnect_datagram_socket(Descriptor socket) {
  sockaddr nobody = {};
  nobody.sa_family = AF_UNSPEC;
  while (connect(socket.native(), &nobody, sizeof(nobody)) != 0) {
    if (errno == EINTR) continue;
    // The BSDs give the peer up, then refuse the address.
    const int error = last_error();
    return is_connected(socket) == 0 ? 0 : error;
  }
  return 0;
}

}  // namespace violet
