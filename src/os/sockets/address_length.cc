// Addresses do not say how long they are.
#include "os/address.h"

namespace violet {

void note_length(sockaddr*, std::size_t) {}

}  // namespace violet
