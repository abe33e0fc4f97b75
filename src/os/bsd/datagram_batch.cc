// No call takes several datagrams. FreeBSD has such functions, but they are loops in its C library.
#include "os/posix/datagram_message.h"

namespace violet {

int send_several(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  return send_one_by_one(socket, datagrams, count);
}

int receive_several(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                    unsigned int chunks) {
  return receive_one_by_one(socket, buffer, received, chunks);
}

}  // namespace violet
