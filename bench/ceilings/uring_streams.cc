// The ceiling for a completion engine: an echo over TCP or a pipe, on bare liburing, with multishot
// accept, multishot receive into a buffer ring, and sends batched with the wait.
#include <liburing.h>

#include "raw.h"

namespace {

constexpr unsigned kBuffers = 1024;
constexpr unsigned kBufferSize = 8 * 1024;
constexpr int kGroup = 1;

enum Kind : std::uint64_t { kAccept = 1, kReceive = 2, kSend = 3 };

io_uring ring;
io_uring_buf_ring* buffers;
char* storage;

std::uint64_t key(Kind kind, int fd, unsigned buffer) {
  return kind << 56 | std::uint64_t{buffer} << 32 | static_cast<std::uint32_t>(fd);
}

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
  io_uring_prep_recv_multishot(entry, fd, nullptr, 0, 0);
  entry->flags |= IOSQE_BUFFER_SELECT;
  entry->buf_group = kGroup;
  entry->user_data = key(kReceive, fd, 0);
}

void on_received(int fd, const io_uring_cqe& completion) {
  if (completion.res > 0) {
    unsigned buffer = completion.flags >> IORING_CQE_BUFFER_SHIFT;
    io_uring_sqe* entry = next_entry();
    io_uring_prep_send(entry, fd, storage + std::size_t{buffer} * kBufferSize,
                       static_cast<std::size_t>(completion.res), MSG_NOSIGNAL | MSG_WAITALL);
    entry->user_data = key(kSend, fd, buffer);
  } else if (completion.res != -ENOBUFS) {
    close(fd);
    return;
  }
  if ((completion.flags & IORING_CQE_F_MORE) == 0) arm_receive(fd);
}

}  // namespace

int main(int argc, char** argv) {
  options_read(argc, argv);
  io_uring_params parameters = {};
  parameters.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE;
  parameters.cq_entries = 16384;
  if (io_uring_queue_init_params(2048, &ring, &parameters) != 0) fail("no io_uring");
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
  const int listener = raw_listen();
  io_uring_sqe* entry = next_entry();
  io_uring_prep_multishot_accept(entry, listener, nullptr, nullptr, 0);
  entry->user_data = key(kAccept, listener, 0);
  for (;;) {
    io_uring_submit_and_wait(&ring, 1);
    unsigned head;
    unsigned count = 0;
    io_uring_cqe* completion;
    io_uring_for_each_cqe(&ring, head, completion) {
      ++count;
      std::uint64_t data = completion->user_data;
      int fd = static_cast<int>(data & 0xffffffff);
      switch (data >> 56) {
        case kAccept:
          if (completion->res >= 0) arm_receive(raw_prepare(completion->res));
          break;
        case kReceive:
          on_received(fd, *completion);
          break;
        case kSend:
          provide(static_cast<unsigned>(data >> 32) & 0xffffff);
          break;
      }
    }
    io_uring_cq_advance(&ring, count);
  }
}
