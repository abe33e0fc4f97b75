// Several datagrams in one call.
#include "os/posix/datagram_batch.h"

namespace violet {

int send_several(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  return send_batch(socket, datagrams, count);
}

int receive_several(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                    unsigned int chunks) {
  return receive_batch(socket, buffer, received, chunks);
}

}  // namespace violet
