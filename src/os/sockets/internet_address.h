// The address of a host, of either family.
#pragma once

// It has the system's headers of sockets.
#include <uv.h>

namespace violet {

union InternetAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

}  // namespace violet
