// What the two hand-written ceilings share.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

// Listens where the arguments say and prints it, as bench/echo/server.cc does.
inline int raw_listen(int argc, char** argv) {
  bool is_unix = argc > 2 && std::strcmp(argv[1], "unix") == 0;
  int listener = socket(is_unix ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (is_unix) {
    sockaddr_un path = {};
    path.sun_family = AF_UNIX;
    std::snprintf(path.sun_path, sizeof(path.sun_path), "%s", argv[2]);
    if (bind(listener, reinterpret_cast<sockaddr*>(&path), sizeof(path)) != 0) std::exit(1);
    std::printf("%s\n", argv[2]);
  } else {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0) std::exit(1);
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    std::printf("%d\n", ntohs(address.sin_port));
  }
  std::fflush(stdout);
  listen(listener, 4096);
  return listener;
}

inline int raw_prepare(int fd) {
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return fd;
}

inline void raw_send_all(int fd, const char* bytes, std::size_t size) {
  while (size > 0) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return;  // The next recv(2) tells.
    if (sent < 0) {
      pollfd full = {fd, POLLOUT, 0};
      poll(&full, 1, -1);
      continue;
    }
    bytes += sent;
    size -= static_cast<std::size_t>(sent);
  }
}
