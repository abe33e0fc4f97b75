// Datagrams as sendmsg(2) and recvmsg(2) take them.
#pragma once

#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

#include "base/error.h"
#include "os/datagram.h"

namespace violet {

static_assert(sizeof(uv_buf_t) == sizeof(iovec));
static_assert(offsetof(uv_buf_t, len) == offsetof(iovec, iov_len));

inline msghdr message_of(const OutgoingDatagram& datagram) {
  msghdr message = {};
  message.msg_iov = reinterpret_cast<iovec*>(const_cast<uv_buf_t*>(datagram.buffers));
  message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(datagram.count);
  if (datagram.address != nullptr) {
    unsigned int size = 0;
    datagram_address_size(datagram.address, size);
    message.msg_name = const_cast<sockaddr*>(datagram.address);
    message.msg_namelen = size;
  }
  return message;
}

inline msghdr message_into(iovec& buffer, ReceivedDatagram& received) {
  msghdr message = {};
  message.msg_iov = &buffer;
  message.msg_iovlen = 1;
  message.msg_name = received.address;
  message.msg_namelen = sizeof(received.address);
  return message;
}

inline void note_received(ReceivedDatagram& received, const msghdr& message, std::size_t size) {
  received.size = size;
  received.cut = (message.msg_flags & MSG_TRUNC) != 0;
  // A local sender without a name.
  if (message.msg_namelen == 0) std::memset(received.address, 0, sizeof(sockaddr));
}

// A full buffer shows as EAGAIN, or as ENOBUFS on some devices; both end when there is room again.
inline int send_error() {
  return errno == ENOBUFS ? UV_EAGAIN : last_error();
}

// What send_several() and receive_several() are where no call takes several.
inline int send_one_by_one(Descriptor socket, const OutgoingDatagram* datagrams,
                           unsigned int count) {
  for (unsigned int i = 0; i < count; ++i) {
    const std::int64_t sent = send_one(socket, datagrams[i]);
    if (sent < 0) return i == 0 ? static_cast<int>(sent) : static_cast<int>(i);
  }
  return static_cast<int>(count);
}

inline int receive_one_by_one(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                              unsigned int chunks) {
  for (unsigned int i = 0; i < chunks; ++i) {
    const int error = receive_one(socket, chunk_of(buffer, i), received[i]);
    if (error != 0) return i == 0 ? error : static_cast<int>(i);
  }
  return static_cast<int>(chunks);
}

}  // namespace violet
