#include "os/sockets/socket_ways.h"

namespace violet {

// Groups have no sources here.
int change_source(Descriptor, const InternetAddress&, const InternetAddress&,
                  const InternetAddress&, bool) {
  return UV_ENOSYS;
}

}  // namespace violet
