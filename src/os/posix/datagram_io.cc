// Sending and receiving one datagram.
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "base/allocator.h"
#include "os/datagram.h"
#include "os/posix/datagram_message.h"
#include "os/posix/refused_call.h"
#include "os/posix/send_flags.h"

namespace violet {

namespace {

// Where a filter refuses sendmsg(2): by the older call, which takes a single buffer.
ssize_t send_in_one_piece(Descriptor socket, const OutgoingDatagram& datagram,
                          const msghdr& message) {
  std::size_t size = 0;
  for (unsigned int i = 0; i < datagram.count; ++i)
    size += datagram.buffers[i].len;
  Owned<char> piece(static_cast<char*>(allocate(size > 0 ? size : 1)));
  if (!piece) {
    errno = ENOMEM;
    return -1;
  }
  char* end = piece.get();
  for (unsigned int i = 0; i < datagram.count; ++i) {
    const uv_buf_t& buffer = datagram.buffers[i];
    if (buffer.len > 0) std::memcpy(end, buffer.base, buffer.len);
    end += buffer.len;
  }
  return sendto(socket.native(), piece.get(), size, kSendFlags,
                static_cast<const sockaddr*>(message.msg_name), message.msg_namelen);
}

}  // namespace

std::int64_t send_one(Descriptor socket, const OutgoingDatagram& datagram) {
  const msghdr message = message_of(datagram);
  for (;;) {
    ssize_t sent = sendmsg(socket.native(), &message, kSendFlags);
    if (sent < 0 && is_call_refused()) sent = send_in_one_piece(socket, datagram, message);
    if (sent >= 0) return sent;
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

bool can_receive_several() {
  return true;
}

uv_buf_t chunk_of(const uv_buf_t& buffer, unsigned int index) {
  const std::size_t size = buffer.len < kLargestDatagram ? buffer.len : kLargestDatagram;
  return {buffer.base + index * kLargestDatagram, size};
}

}  // namespace violet
