// What the hand-written stream servers share.
#pragma once

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "protocol.h"

// Listens on a free loopback port, or where the option `path` says, and tells the harness.
inline int raw_listen() {
  const bool is_pipe = option_is("transport", "pipe");
  const char* path = option_text("path", "");
  sockaddr_storage storage = {};
  socklen_t size = sizeof(sockaddr_in);
  if (is_pipe) {
    sockaddr_un& name = reinterpret_cast<sockaddr_un&>(storage);
    name.sun_family = AF_UNIX;
    if (std::strlen(path) >= sizeof(name.sun_path)) fail("the path is too long");
    std::strcpy(name.sun_path, path);
    size = sizeof(name);
  } else {
    sockaddr_in& port = reinterpret_cast<sockaddr_in&>(storage);
    port.sin_family = AF_INET;
    port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  }
  sockaddr* address = reinterpret_cast<sockaddr*>(&storage);
  const int listener = socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (bind(listener, address, size) != 0 || listen(listener, 4096) != 0) fail("cannot listen");
  getsockname(listener, address, &size);
  const unsigned port = ntohs(reinterpret_cast<sockaddr_in&>(storage).sin_port);
  say_ready(is_pipe ? path : std::to_string(port).c_str());
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
