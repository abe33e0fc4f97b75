// Addresses begin with their length.
#include <sys/types.h>

#include <sys/socket.h>

#include "os/address.h"

namespace violet {

void note_length(sockaddr* address, std::size_t size) {
  address->sa_len = static_cast<unsigned char>(size);
}

}  // namespace violet
