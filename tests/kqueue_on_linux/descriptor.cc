// EVFILT_READ, EVFILT_WRITE and EVFILT_EXCEPT.
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "filter.h"

#include <linux/sockios.h>

namespace kqueue_on_linux {
namespace {

// Tells epoll what is registered for the descriptor: READ and WRITE share one entry. 0 or an errno.
int tell_epoll(Queue& queue, int descriptor) {
  const auto ident = static_cast<std::uintptr_t>(descriptor);
  epoll_event event = {};
  if (queue.find(EVFILT_READ, ident) != nullptr) event.events |= EPOLLIN | EPOLLRDHUP;
  if (queue.find(EVFILT_WRITE, ident) != nullptr) event.events |= EPOLLOUT;
  if (queue.find(EVFILT_EXCEPT, ident) != nullptr) event.events |= EPOLLPRI;
  if (event.events == 0) {
    epoll_ctl(queue.descriptor, EPOLL_CTL_DEL, descriptor, nullptr);
    return 0;
  }
  event.events |= EPOLLET;
  event.data.u64 = (static_cast<std::uint64_t>(Source::kDescriptor) << 32) |
                   static_cast<std::uint32_t>(descriptor);
  if (epoll_ctl(queue.descriptor, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
  if (errno != ENOENT && errno != EPERM) return errno;
  return epoll_ctl(queue.descriptor, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : errno;
}

bool is_refused_terminal(const Registration& registration) {
  return is_taken_away("terminals") && S_ISCHR(registration.file.mode) &&
         isatty(registration.descriptor()) != 0;
}

int attach(Queue& queue, Registration& registration) {
  if (is_refused_terminal(registration)) return EINVAL;
  const int error = tell_epoll(queue, registration.descriptor());
  if (error != EPERM) return error;
  // A device that cannot be waited for.
  if (!S_ISREG(registration.file.mode) && !S_ISDIR(registration.file.mode)) return error;
  registration.pollable = false;
  if (registration.filter == EVFILT_READ && S_ISREG(registration.file.mode)) {
    return watch_file(queue, registration);
  }
  return 0;
}

void detach(Queue& queue, Registration& registration) {
  if (registration.pollable) tell_epoll(queue, registration.descriptor());
  unwatch_file(queue, registration);
}

short ask(int descriptor, short events) {
  pollfd polled = {descriptor, events, 0};
  int count = poll(&polled, 1, 0);
  rlimit limit;
  if (count < 0 && errno == EINVAL && getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    // A program may allow itself no new descriptors at all: poll(2) refuses even one then.
    const rlimit more = {limit.rlim_max, limit.rlim_max};
    setrlimit(RLIMIT_NOFILE, &more);
    count = poll(&polled, 1, 0);
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  return count > 0 ? polled.revents : 0;
}

bool tcp_state(int descriptor, tcp_info& info) {
  socklen_t size = sizeof(info);
  info = {};
  return getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0;
}

bool was_connected(int descriptor) {
  sockaddr_storage peer;
  socklen_t size = sizeof(peer);
  if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0) return true;
  // A round trip was measured before the connection went.
  tcp_info info;
  return tcp_state(descriptor, info) && info.tcpi_rtt != 0;
}

// Linux has no way to look at a socket's error without taking it away from its owner. This is the
// most likely one.
unsigned int likely_error(int descriptor) {
  return was_connected(descriptor) ? ECONNRESET : ECONNREFUSED;
}

std::int64_t bytes_to_read(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : 0;
}

bool socket_has_ended(int descriptor, short events, struct kevent& event) {
  if ((events & (POLLRDHUP | POLLHUP | POLLERR)) == 0) return false;
  if ((events & POLLERR) != 0) event.fflags = likely_error(descriptor);
  event.flags |= EV_EOF;
  return true;
}

// Linux calls a stream that was never connected hung up and writable.
bool never_connected(int descriptor, short events) {
  return (events & POLLHUP) != 0 && (events & POLLERR) == 0 &&
         socket_option(descriptor, SO_TYPE) != SOCK_DGRAM && !was_connected(descriptor);
}

bool socket_is_readable(const Registration& registration, short events, struct kevent& event) {
  const int descriptor = registration.descriptor();
  if (socket_option(descriptor, SO_ACCEPTCONN) != 0) {
    tcp_info info;
    const bool is_tcp = tcp_state(descriptor, info);
    event.data = is_tcp ? std::max<std::int64_t>(info.tcpi_unacked, 1) : 1;
    return (events & POLLIN) != 0;
  }
  event.data = bytes_to_read(descriptor);
  if (socket_has_ended(descriptor, events, event)) return true;
  if ((registration.wanted & NOTE_LOWAT) != 0) return event.data >= registration.argument;
  return (events & (POLLIN | POLLERR)) != 0;
}

// From the file's position to its end: negative behind it.
bool file_is_readable(const Registration& registration, struct kevent& event) {
  if (!S_ISREG(registration.file.mode)) return true;
  struct stat status;
  if (fstat(registration.descriptor(), &status) != 0) return false;
  event.data = status.st_size - lseek(registration.descriptor(), 0, SEEK_CUR);
  return event.data != 0 || (registration.wanted & NOTE_FILE_POLL) != 0;
}

bool is_readable(Registration& registration, struct kevent& event) {
  if (!registration.pollable) return file_is_readable(registration, event);
  const int descriptor = registration.descriptor();
  const short events = ask(descriptor, POLLIN | POLLRDHUP);
  if (S_ISSOCK(registration.file.mode)) return socket_is_readable(registration, events, event);
  event.data = bytes_to_read(descriptor);
  if ((events & (POLLHUP | POLLERR)) != 0) event.flags |= EV_EOF;
  // Reading where only writing is possible: nobody reads any more.
  if ((events & POLLERR) != 0) event.fflags = EPIPE;
  if ((registration.wanted & NOTE_LOWAT) != 0 && (event.flags & EV_EOF) == 0) {
    return event.data >= registration.argument;
  }
  return events != 0;
}

std::int64_t room_to_write(const Registration& registration) {
  const int descriptor = registration.descriptor();
  int queued = 0;
  if (S_ISSOCK(registration.file.mode)) {
    ioctl(descriptor, SIOCOUTQ, &queued);
    return std::max(socket_option(descriptor, SO_SNDBUF) - queued, 1);
  }
  if (S_ISFIFO(registration.file.mode)) {
    ioctl(descriptor, FIONREAD, &queued);
    return std::max(fcntl(descriptor, F_GETPIPE_SZ) - queued, 1);
  }
  return 1;
}

bool is_writable(Registration& registration, struct kevent& event) {
  if (!registration.pollable) return true;
  const int descriptor = registration.descriptor();
  if ((is_taken_away("room") && is_local_datagram_socket(descriptor)) ||
      (is_taken_away("memory") && is_local_stream_socket(descriptor))) {
    event.data = socket_option(descriptor, SO_SNDBUF);
    return true;
  }
  const short events = ask(descriptor, POLLOUT);
  if (S_ISSOCK(registration.file.mode)) {
    if (never_connected(descriptor, events)) return false;
    socket_has_ended(descriptor, events, event);
  } else if ((events & (POLLHUP | POLLERR)) != 0) {
    event.flags |= EV_EOF;
  }
  if (events == 0) return false;
  if ((event.flags & EV_EOF) == 0) event.data = room_to_write(registration);
  return true;
}

bool has_exception(Registration& registration, struct kevent& event) {
  if (!registration.pollable) return false;
  const short events = ask(registration.descriptor(), POLLPRI);
  if ((events & POLLPRI) != 0) event.fflags = NOTE_OOB & registration.wanted;
  if ((events & (POLLHUP | POLLERR)) != 0) event.flags |= EV_EOF;
  return event.fflags != 0 || (event.flags & EV_EOF) != 0;
}

}  // namespace

int socket_option(int descriptor, int name) {
  int value = 0;
  socklen_t size = sizeof(value);
  return getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : 0;
}

bool is_local_datagram_socket(int descriptor) {
  return socket_option(descriptor, SO_DOMAIN) == AF_UNIX &&
         socket_option(descriptor, SO_TYPE) == SOCK_DGRAM;
}

bool is_local_stream_socket(int descriptor) {
  return socket_option(descriptor, SO_DOMAIN) == AF_UNIX &&
         socket_option(descriptor, SO_TYPE) == SOCK_STREAM;
}

const Filter kReadFilter = {true, attach, detach, nullptr, is_readable};
const Filter kWriteFilter = {true, attach, detach, nullptr, is_writable};
const Filter kExceptFilter = {true, attach, detach, nullptr, has_exception};

bool identify(int descriptor, FileIdentity& identity) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return false;
  identity = {status.st_dev, status.st_ino, status.st_mode};
  return true;
}

}  // namespace kqueue_on_linux
