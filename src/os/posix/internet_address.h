// The address of a host, of either family.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

namespace violet {

union InternetAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

}  // namespace violet
