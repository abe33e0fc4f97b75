// Sending and receiving, one or several at a time.
#include <time.h>

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

#include "base/error.h"
#include "os/datagram.h"

namespace violet {
namespace {

static_assert(sizeof(uv_buf_t) == sizeof(iovec));
static_assert(offsetof(uv_buf_t, len) == offsetof(iovec, iov_len));

msghdr message_of(const OutgoingDatagram& datagram) {
  msghdr message = {};
  message.msg_iov = reinterpret_cast<iovec*>(const_cast<uv_buf_t*>(datagram.buffers));
  message.msg_iovlen = datagram.count;
  if (datagram.address != nullptr) {
    unsigned int size = 0;
    datagram_address_size(datagram.address, size);
    message.msg_name = const_cast<sockaddr*>(datagram.address);
    message.msg_namelen = size;
  }
  return message;
}

// A full buffer shows as EAGAIN, or as ENOBUFS on some devices; both end when there is room again.
int send_error() {
  return errno == ENOBUFS ? UV_EAGAIN : last_error();
}

msghdr message_into(iovec& buffer, ReceivedDatagram& received) {
  msghdr message = {};
  message.msg_iov = &buffer;
  message.msg_iovlen = 1;
  message.msg_name = received.address;
  message.msg_namelen = sizeof(received.address);
  return message;
}

// A seccomp filter, or a kernel before 3.0. A firewall says EPERM for a single datagram; sent by
// itself, it says so again.
bool is_call_refused() {
  return errno == ENOSYS || errno == EPERM;
}

int send_one_by_one(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  for (unsigned int i = 0; i < count; ++i) {
    const std::int64_t sent = send_one(socket, datagrams[i]);
    if (sent < 0) return i == 0 ? static_cast<int>(sent) : static_cast<int>(i);
  }
  return static_cast<int>(count);
}

void note_received(ReceivedDatagram& received, const msghdr& message, std::size_t size) {
  received.size = size;
  received.cut = (message.msg_flags & MSG_TRUNC) != 0;
  // A local sender without a name.
  if (message.msg_namelen == 0) std::memset(received.address, 0, sizeof(sockaddr));
}

int receive_one_by_one(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                       unsigned int chunks) {
  for (unsigned int i = 0; i < chunks; ++i) {
    const int error = receive_one(socket, chunk_of(buffer, i), received[i]);
    if (error != 0) return i == 0 ? error : static_cast<int>(i);
  }
  return static_cast<int>(chunks);
}

}  // namespace

std::int64_t send_one(Descriptor socket, const OutgoingDatagram& datagram) {
  const msghdr message = message_of(datagram);
  for (;;) {
    ssize_t sent = sendmsg(socket.native(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) return sent;
    if (errno != EINTR) return send_error();
  }
}

int send_several(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  mmsghdr messages[kMaxDatagramsPerCall];
  if (count > kMaxDatagramsPerCall) count = kMaxDatagramsPerCall;
  for (unsigned int i = 0; i < count; ++i)
    messages[i] = {message_of(datagrams[i]), 0};
  for (;;) {
    int sent = sendmmsg(socket.native(), messages, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) return sent;
    if (is_call_refused()) return send_one_by_one(socket, datagrams, count);
    if (errno != EINTR) return send_error();
  }
}

int receive_one(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram& received) {
  iovec vector = {buffer.base, buffer.len};
  msghdr message = message_into(vector, received);
  for (;;) {
    ssize_t size = recvmsg(socket.native(), &message, MSG_DONTWAIT);
    if (size >= 0) {
      note_received(received, message, static_cast<std::size_t>(size));
      return 0;
    }
    if (errno != EINTR) return last_error();
  }
}

uv_buf_t chunk_of(const uv_buf_t& buffer, unsigned int index) {
  const std::size_t size = buffer.len < kLargestDatagram ? buffer.len : kLargestDatagram;
  return {buffer.base + index * kLargestDatagram, size};
}

int receive_several(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                    unsigned int chunks) {
  iovec vectors[kMaxChunks];
  mmsghdr messages[kMaxChunks];
  for (unsigned int i = 0; i < chunks; ++i) {
    const uv_buf_t chunk = chunk_of(buffer, i);
    vectors[i] = {chunk.base, chunk.len};
    messages[i] = {message_into(vectors[i], received[i]), 0};
  }
  int count = 0;
  do {
    count = recvmmsg(socket.native(), messages, chunks, MSG_DONTWAIT, nullptr);
  } while (count < 0 && errno == EINTR);
  if (count < 0 && is_call_refused()) return receive_one_by_one(socket, buffer, received, chunks);
  if (count < 0) return last_error();
  for (int i = 0; i < count; ++i)
    note_received(received[i], messages[i].msg_hdr, messages[i].msg_len);
  return count;
}

int take_queued_error(Descriptor socket) {
  char payload;
  iovec vector = {&payload, sizeof(payload)};
  alignas(cmsghdr) char control[256];
  msghdr message = {};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof(control);
  if (recvmsg(socket.native(), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return 0;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    const bool is_error = (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_RECVERR) ||
                          (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_RECVERR);
    if (!is_error) continue;
    sock_extended_err error;
    std::memcpy(&error, CMSG_DATA(header), sizeof(error));
    return error_from_errno(static_cast<int>(error.ee_errno));
  }
  return UV_EIO;
}

}  // namespace violet
