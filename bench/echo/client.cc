// The load: `client tcp|unix|udp ADDRESS CONNECTIONS BYTES SECONDS`. Each connection sends one
// message and waits for its echo before the next. Prints how many echoes came back. Plain epoll, so
// that it is the same for every server.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

struct Connection {
  int socket;
  std::size_t received = 0;
};

double now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

int connect_to(const std::string& kind, const char* address) {
  sockaddr_storage storage = {};
  socklen_t size = 0;
  if (kind == "unix") {
    sockaddr_un& path = reinterpret_cast<sockaddr_un&>(storage);
    path.sun_family = AF_UNIX;
    std::snprintf(path.sun_path, sizeof(path.sun_path), "%s", address);
    size = sizeof(path);
  } else {
    sockaddr_in& port = reinterpret_cast<sockaddr_in&>(storage);
    port.sin_family = AF_INET;
    port.sin_port = htons(static_cast<std::uint16_t>(std::atoi(address)));
    port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    size = sizeof(port);
  }
  int type = kind == "udp" ? SOCK_DGRAM : SOCK_STREAM;
  int fd = socket(storage.ss_family, type, 0);
  if (fd < 0) fail("socket");
  if (connect(fd, reinterpret_cast<sockaddr*>(&storage), size) != 0) fail("connect");
  int on = 1;
  // A reset at the end: thousands of ports in TIME_WAIT would soon leave none for the next round.
  const linger at_once = {1, 0};
  if (kind == "tcp") {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  }
  return fd;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) return 2;
  const std::string kind = argv[1];
  std::size_t count = std::strtoul(argv[3], nullptr, 10);
  std::vector<char> message(std::strtoul(argv[4], nullptr, 10), 'x');
  std::vector<char> buffer(256 * 1024);
  std::vector<Connection> connections(count);
  int poll = epoll_create1(0);
  for (std::size_t i = 0; i < count; ++i) {
    connections[i].socket = connect_to(kind, argv[2]);
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = i;
    epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].socket, &event);
  }
  const double end = now() + std::atof(argv[5]);
  for (Connection& connection : connections) {
    if (send(connection.socket, message.data(), message.size(), 0) < 0) fail("send");
  }
  unsigned long echoes = 0;
  epoll_event events[512];
  while (now() < end) {
    int ready = epoll_wait(poll, events, 512, 100);
    for (int i = 0; i < ready; ++i) {
      Connection& connection = connections[events[i].data.u64];
      ssize_t got = recv(connection.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got < 0 && errno == EAGAIN) continue;
      if (got <= 0) fail("recv");
      connection.received += static_cast<std::size_t>(got);
      if (connection.received < message.size()) continue;
      connection.received -= message.size();
      ++echoes;
      if (send(connection.socket, message.data(), message.size(), 0) < 0) fail("send");
    }
  }
  std::printf("%lu\n", echoes);
}
