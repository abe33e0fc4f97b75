// Several datagrams in one call, and what the network answered to those that were sent.
#include <time.h>

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstring>

#include "os/posix/datagram_batch.h"

namespace violet {

int send_several(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  return send_batch(socket, datagrams, count);
}

int receive_several(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                    unsigned int chunks) {
  return receive_batch(socket, buffer, received, chunks);
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
