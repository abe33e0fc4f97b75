// The ceiling for a readiness engine, on bare epoll: an echo over TCP or a pipe, or connections
// that are closed at once (mode=accept).
#include "raw.h"

#include <sys/epoll.h>

#include <cerrno>

namespace {

void close_all_that_came(int listener) {
  int fd;
  while ((fd = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    close(fd);
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  const bool closes = option_is("mode", "accept");
  const int listener = raw_listen();
  int poll = epoll_create1(0);
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.fd = listener;
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  static char bytes[64 * 1024];
  epoll_event events[1024];
  for (;;) {
    int ready = epoll_wait(poll, events, 1024, -1);
    for (int i = 0; i < ready; ++i) {
      int fd = events[i].data.fd;
      if (fd == listener && closes) {
        close_all_that_came(listener);
        continue;
      }
      if (fd == listener) {
        event.data.fd = raw_prepare(accept4(listener, nullptr, nullptr, SOCK_NONBLOCK));
        epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd, &event);
        continue;
      }
      ssize_t got = recv(fd, bytes, sizeof(bytes), 0);
      if (got > 0) {
        raw_send_all(fd, bytes, static_cast<std::size_t>(got));
      } else if (got == 0 || errno != EAGAIN) {
        close(fd);
      }
    }
  }
}
