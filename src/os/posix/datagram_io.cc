// Sending and receiving one datagram.
#include <sys/socket.h>

#include <cerrno>

#include "os/datagram.h"
#include "os/posix/datagram_message.h"
#include "os/posix/send_flags.h"

namespace violet {

std::int64_t send_one(Descriptor socket, const OutgoingDatagram& datagram) {
  const msghdr message = message_of(datagram);
  for (;;) {
    ssize_t sent = sendmsg(socket.native(), &message, kSendFlags);
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
