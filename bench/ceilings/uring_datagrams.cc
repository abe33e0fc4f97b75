// The ceiling of a completion engine for UDP: bare liburing, with multishot recvmsg into a buffer
// ring. The option `send`, sqe|many|one: the echoes of a wake-up go out as requests together with
// the next wait, with one sendmmsg(2), or with a sendto(2) each.
#include "raw_ring.h"
#include "raw_udp.h"

namespace {

constexpr unsigned kBuffers = 256;
constexpr unsigned kBufferSize = 2048;
constexpr std::uint64_t kReceive = UINT64_MAX;

RawRing ring;
msghdr wanted;  // how much room the sender's address gets

struct Echo {
  msghdr message;
  iovec vector;
};
Echo echoes[kBuffers];
mmsghdr batch[kRawBatch];
unsigned batch_buffers[kRawBatch];
unsigned batched = 0;

void arm_receive(int fd) {
  io_uring_sqe* entry = ring.next_entry();
  io_uring_prep_recvmsg_multishot(entry, fd, &wanted, 0);
  entry->flags |= IOSQE_BUFFER_SELECT;
  entry->buf_group = RawRing::kGroup;
  entry->user_data = kReceive;
}

void send_batch(int fd) {
  if (batched > 0) sendmmsg(fd, batch, batched, 0);
  for (unsigned i = 0; i < batched; ++i)
    ring.provide(batch_buffers[i]);
  batched = 0;
}

void echo(int fd, unsigned buffer, int length, char how) {
  char* start = ring.buffer(buffer);
  io_uring_recvmsg_out* out = io_uring_recvmsg_validate(start, length, &wanted);
  if (out == nullptr) return ring.provide(buffer);
  Echo& reply = echoes[buffer];
  reply.vector = {io_uring_recvmsg_payload(out, &wanted),
                  io_uring_recvmsg_payload_length(out, length, &wanted)};
  reply.message = {};
  reply.message.msg_name = io_uring_recvmsg_name(out);
  reply.message.msg_namelen = out->namelen;
  reply.message.msg_iov = &reply.vector;
  reply.message.msg_iovlen = 1;
  if (how == 's') {
    io_uring_sqe* entry = ring.next_entry();
    io_uring_prep_sendmsg(entry, fd, &reply.message, 0);
    entry->user_data = buffer;
  } else if (how == 'm') {
    batch[batched].msg_hdr = reply.message;
    batch_buffers[batched++] = buffer;
    if (batched == kRawBatch) send_batch(fd);
  } else {
    sendmsg(fd, &reply.message, 0);
    ring.provide(buffer);
  }
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  const char how = option_text("send", "many")[0];
  wanted.msg_namelen = sizeof(sockaddr_in);
  ring.open(512, 4096, kBuffers, kBufferSize);
  const int fd = raw_bind_datagrams();
  arm_receive(fd);
  for (;;) {
    io_uring_submit_and_wait(&ring.ring, 1);
    unsigned head;
    unsigned count = 0;
    io_uring_cqe* completion;
    io_uring_for_each_cqe(&ring.ring, head, completion) {
      ++count;
      if (completion->user_data != kReceive) {
        ring.provide(static_cast<unsigned>(completion->user_data));
        continue;
      }
      if (completion->res > 0) {
        echo(fd, completion->flags >> IORING_CQE_BUFFER_SHIFT, completion->res, how);
      }
      if ((completion->flags & IORING_CQE_F_MORE) == 0) arm_receive(fd);
    }
    io_uring_cq_advance(&ring.ring, count);
    send_batch(fd);
  }
}
