// What the hand-written datagram servers share.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>

#include <string>

#include "protocol.h"

// Binds a free loopback port and tells the harness.
inline int raw_bind_datagrams() {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0) fail("cannot bind");
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  say_ready(std::to_string(ntohs(address.sin_port)).c_str());
  return fd;
}

// Datagrams that one sendmmsg(2) or recvmmsg(2) carries.
inline constexpr unsigned kRawBatch = 32;
