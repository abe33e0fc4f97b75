// The ceiling for a completion engine, on bare liburing: an echo over TCP or a pipe, with multishot
// accept, multishot receive into a buffer ring, and sends batched with the wait; or connections
// that are closed at once (mode=accept).
#include "raw.h"
#include "raw_ring.h"

namespace {

constexpr unsigned kBuffers = 1024;
constexpr unsigned kBufferSize = 8 * 1024;

enum Kind : std::uint64_t { kAccept = 1, kReceive = 2, kSend = 3 };

RawRing ring;

std::uint64_t key(Kind kind, int fd, unsigned buffer) {
  return kind << 56 | std::uint64_t{buffer} << 32 | static_cast<std::uint32_t>(fd);
}

void arm_receive(int fd) {
  io_uring_sqe* entry = ring.next_entry();
  io_uring_prep_recv_multishot(entry, fd, nullptr, 0, 0);
  entry->flags |= IOSQE_BUFFER_SELECT;
  entry->buf_group = RawRing::kGroup;
  entry->user_data = key(kReceive, fd, 0);
}

void on_accepted(int fd, bool closes) {
  if (closes) {
    close(fd);
  } else {
    arm_receive(raw_prepare(fd));
  }
}

void on_received(int fd, const io_uring_cqe& completion) {
  if (completion.res > 0) {
    unsigned buffer = completion.flags >> IORING_CQE_BUFFER_SHIFT;
    io_uring_sqe* entry = ring.next_entry();
    io_uring_prep_send(entry, fd, ring.buffer(buffer), static_cast<std::size_t>(completion.res),
                       MSG_NOSIGNAL | MSG_WAITALL);
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
  const bool closes = option_is("mode", "accept");
  ring.open(2048, 16384, kBuffers, kBufferSize);
  const int listener = raw_listen();
  io_uring_sqe* entry = ring.next_entry();
  io_uring_prep_multishot_accept(entry, listener, nullptr, nullptr, 0);
  entry->user_data = key(kAccept, listener, 0);
  for (;;) {
    io_uring_submit_and_wait(&ring.ring, 1);
    unsigned head;
    unsigned count = 0;
    io_uring_cqe* completion;
    io_uring_for_each_cqe(&ring.ring, head, completion) {
      ++count;
      std::uint64_t data = completion->user_data;
      int fd = static_cast<int>(data & 0xffffffff);
      switch (data >> 56) {
        case kAccept:
          if (completion->res >= 0) on_accepted(completion->res, closes);
          break;
        case kReceive:
          on_received(fd, *completion);
          break;
        case kSend:
          ring.provide(static_cast<unsigned>(data >> 32) & 0xffffff);
          break;
      }
    }
    io_uring_cq_advance(&ring.ring, count);
  }
}
