// The ceiling of a completion engine for UDP: bare liburing, with multishot recvmsg into a buffer
// ring. The option `send`, sqe|many|one: the echoes of a wake-up go out as requests together with
// the next wait, with one sendmmsg(2), or with a sendto(2) each.
#include <liburing.h>

#include <cstring>

#include "raw_udp.h"

namespace {

constexpr unsigned kBuffers = 256;
constexpr unsigned kBufferSize = 2048;
constexpr int kGroup = 1;
constexpr std::uint64_t kReceive = UINT64_MAX;

io_uring ring;
io_uring_buf_ring* buffers;
char* storage;
msghdr wanted;  // how much room the sender's address gets

struct Echo {
  msghdr message;
  iovec vector;
};
Echo echoes[kBuffers];
mmsghdr batch[kRawBatch];
unsigned batch_buffers[kRawBatch];
unsigned batched = 0;

io_uring_sqe* next_entry() {
  io_uring_sqe* entry = io_uring_get_sqe(&ring);
  while (entry == nullptr) {
    io_uring_submit(&ring);
    entry = io_uring_get_sqe(&ring);
  }
  return entry;
}

void provide(unsigned buffer) {
  io_uring_buf_ring_add(buffers, storage + std::size_t{buffer} * kBufferSize, kBufferSize,
                        static_cast<unsigned short>(buffer), io_uring_buf_ring_mask(kBuffers), 0);
  io_uring_buf_ring_advance(buffers, 1);
}

void arm_receive(int fd) {
  io_uring_sqe* entry = next_entry();
  io_uring_prep_recvmsg_multishot(entry, fd, &wanted, 0);
  entry->flags |= IOSQE_BUFFER_SELECT;
  entry->buf_group = kGroup;
  entry->user_data = kReceive;
}

void send_batch(int fd) {
  if (batched > 0) sendmmsg(fd, batch, batched, 0);
  for (unsigned i = 0; i < batched; ++i)
    provide(batch_buffers[i]);
  batched = 0;
}

void echo(int fd, unsigned buffer, int length, char how) {
  char* start = storage + std::size_t{buffer} * kBufferSize;
  io_uring_recvmsg_out* out = io_uring_recvmsg_validate(start, length, &wanted);
  if (out == nullptr) return provide(buffer);
  Echo& reply = echoes[buffer];
  reply.vector = {io_uring_recvmsg_payload(out, &wanted),
                  io_uring_recvmsg_payload_length(out, length, &wanted)};
  reply.message = {};
  reply.message.msg_name = io_uring_recvmsg_name(out);
  reply.message.msg_namelen = out->namelen;
  reply.message.msg_iov = &reply.vector;
  reply.message.msg_iovlen = 1;
  if (how == 's') {
    io_uring_sqe* entry = next_entry();
    io_uring_prep_sendmsg(entry, fd, &reply.message, 0);
    entry->user_data = buffer;
  } else if (how == 'm') {
    batch[batched].msg_hdr = reply.message;
    batch_buffers[batched++] = buffer;
    if (batched == kRawBatch) send_batch(fd);
  } else {
    sendmsg(fd, &reply.message, 0);
    provide(buffer);
  }
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  const char how = option_text("send", "many")[0];
  io_uring_params parameters = {};
  parameters.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE;
  parameters.cq_entries = 4096;
  if (io_uring_queue_init_params(512, &ring, &parameters) != 0) fail("no io_uring");
  wanted.msg_namelen = sizeof(sockaddr_in);
  storage = static_cast<char*>(std::malloc(std::size_t{kBuffers} * kBufferSize));
  void* ring_memory = nullptr;
  if (posix_memalign(&ring_memory, 4096, kBuffers * sizeof(io_uring_buf)) != 0) fail("no memory");
  std::memset(ring_memory, 0, kBuffers * sizeof(io_uring_buf));
  buffers = static_cast<io_uring_buf_ring*>(ring_memory);
  io_uring_buf_reg registration = {};
  registration.ring_addr = reinterpret_cast<std::uintptr_t>(buffers);
  registration.ring_entries = kBuffers;
  registration.bgid = kGroup;
  if (io_uring_register_buf_ring(&ring, &registration, 0) != 0) fail("no ring of buffers");
  for (unsigned i = 0; i < kBuffers; ++i)
    provide(i);
  const int fd = raw_bind_datagrams();
  arm_receive(fd);
  for (;;) {
    io_uring_submit_and_wait(&ring, 1);
    unsigned head;
    unsigned count = 0;
    io_uring_cqe* completion;
    io_uring_for_each_cqe(&ring, head, completion) {
      ++count;
      if (completion->user_data != kReceive) {
        provide(static_cast<unsigned>(completion->user_data));
        continue;
      }
      if (completion->res > 0) {
        echo(fd, completion->flags >> IORING_CQE_BUFFER_SHIFT, completion->res, how);
      }
      if ((completion->flags & IORING_CQE_F_MORE) == 0) arm_receive(fd);
    }
    io_uring_cq_advance(&ring, count);
    send_batch(fd);
  }
}
