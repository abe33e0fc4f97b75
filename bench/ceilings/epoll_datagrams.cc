// The ceiling of a readiness engine for UDP: bare epoll. The option `send`, one|many: a system call
// per datagram, as uv_udp_recv_cb without UV_UDP_RECVMMSG needs it, or recvmmsg(2) and sendmmsg(2).
#include <sys/epoll.h>

#include "raw_udp.h"

namespace {

constexpr std::size_t kSize = 2048;

char bytes[kRawBatch][kSize];
sockaddr_in senders[kRawBatch];
iovec vectors[kRawBatch];
mmsghdr messages[kRawBatch];

void echo_many(int fd) {
  for (unsigned i = 0; i < kRawBatch; ++i) {
    vectors[i] = {bytes[i], kSize};
    messages[i] = {};
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    messages[i].msg_hdr.msg_name = &senders[i];
    messages[i].msg_hdr.msg_namelen = sizeof(senders[i]);
  }
  int count = recvmmsg(fd, messages, kRawBatch, MSG_DONTWAIT, nullptr);
  for (int i = 0; i < count; ++i)
    vectors[i].iov_len = messages[i].msg_len;
  if (count > 0) sendmmsg(fd, messages, static_cast<unsigned>(count), 0);
}

void echo_one(int fd) {
  socklen_t length = sizeof(senders[0]);
  sockaddr* sender = reinterpret_cast<sockaddr*>(&senders[0]);
  ssize_t size = recvfrom(fd, bytes[0], kSize, 0, sender, &length);
  if (size >= 0) sendto(fd, bytes[0], static_cast<std::size_t>(size), 0, sender, length);
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  const bool many = !option_is("send", "one");
  int fd = raw_bind_datagrams();
  int poll = epoll_create1(0);
  epoll_event event = {};
  event.events = EPOLLIN;
  epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
  for (;;) {
    if (epoll_wait(poll, &event, 1, -1) < 1) continue;
    if (many) {
      echo_many(fd);
    } else {
      echo_one(fd);
    }
  }
}
