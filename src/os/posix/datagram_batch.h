// Several datagrams in one call, for systems that have sendmmsg(2) and recvmmsg(2).
#pragma once

#include <sys/socket.h>
#include <time.h>

#include "os/posix/datagram_message.h"
#include "os/posix/refused_call.h"
#include "os/posix/send_flags.h"

namespace violet {

inline int send_batch(Descriptor socket, const OutgoingDatagram* datagrams, unsigned int count) {
  mmsghdr messages[kMaxDatagramsPerCall];
  if (count > kMaxDatagramsPerCall) count = kMaxDatagramsPerCall;
  for (unsigned int i = 0; i < count; ++i) {
    messages[i] = {};
    messages[i].msg_hdr = message_of(datagrams[i]);
  }
  for (;;) {
    const int sent = sendmmsg(socket.native(), messages, count, kSendFlags);
    if (sent >= 0) return sent;
    if (is_call_refused()) return send_one_by_one(socket, datagrams, count);
    if (errno != EINTR) return send_error();
  }
}

inline int receive_batch(Descriptor socket, const uv_buf_t& buffer, ReceivedDatagram* received,
                         unsigned int chunks) {
  iovec vectors[kMaxChunks];
  mmsghdr messages[kMaxChunks];
  for (unsigned int i = 0; i < chunks; ++i) {
    const uv_buf_t chunk = chunk_of(buffer, i);
    vectors[i] = {chunk.base, chunk.len};
    messages[i] = {};
    messages[i].msg_hdr = message_into(vectors[i], received[i]);
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

}  // namespace violet
