// No self-test waits for a completion that the kernel does not owe, nor longer than kPatienceNs.
#include "uring/trial.h"

#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "os/clock.h"
#include "uring/buffer_ring.h"

namespace violet {
namespace {

// How long a kernel that does what is asked may take for it at most. It takes microseconds; one
// that never answers must not keep the program from starting.
constexpr std::uint64_t kPatienceNs = 1'000'000'000;

// Enters until `done()`, through signals. False when the kernel has refused or run out of patience.
template <typename Done, typename Visit>
bool wait_until(Ring& ring, Done done, Visit visit) {
  const std::uint64_t deadline_ns = monotonic_ns() + kPatienceNs;
  while (!done()) {
    const std::uint64_t now_ns = monotonic_ns();
    if (now_ns >= deadline_ns) return false;
    const int error = ring.enter(deadline_ns - now_ns, nullptr);
    const bool came = ring.reap(visit) > 0;
    if (error != 0 && error != UV_EINTR && !came) return false;
  }
  return true;
}

class SocketPair {
 public:
  explicit SocketPair(int type) {
    error_ = socketpair(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds_);
  }
  ~SocketPair() {
    if (error_ != 0) return;
    close(fds_[0]);
    close(fds_[1]);
  }
  bool ok() const { return error_ == 0; }
  int fd(int end) const { return fds_[end]; }

 private:
  int fds_[2] = {-1, -1};
  int error_;
};

// One multishot request of a self-test, and what has become of it.
class MultishotTrial {
 public:
  MultishotTrial(Ring& ring, BufferRing& buffers) : ring_(ring), buffers_(buffers) {}

  // Null when the queue is full.
  io_uring_sqe* next_entry() { return ring_.next_entry(); }
  void start(io_uring_sqe& entry) {
    entry.flags |= IOSQE_BUFFER_SELECT;
    entry.buf_group = buffers_.group();
    number_ = ++last_number;
    entry.user_data = number_;
    goes_on_ = true;
    ring_.submit();
  }

  // Whether the kernel still owes a completion of the request.
  bool goes_on() const { return goes_on_; }
  // The byte at `offset`, the last one, of what the next completion brought; -1 for anything else.
  int receive(std::int32_t offset) {
    int byte = -1;
    bool completed = false;
    wait_until(
        ring_, [&] { return completed || !goes_on_; },
        [&](std::uint64_t data, std::int32_t result, std::uint32_t flags) {
          if (data != number_) return;
          completed = true;
          goes_on_ = (flags & IORING_CQE_F_MORE) != 0;
          if (result <= 0 || (flags & IORING_CQE_F_BUFFER) == 0) return;
          BufferRing::Slice slice = buffers_.accept(result, flags);
          if (result == offset + 1) byte = static_cast<unsigned char>(slice.bytes[offset]);
          buffers_.give_back(slice.buffer);
        });
    return byte;
  }

 private:
  // Numbers the trials: a completion of an earlier trial that came too late must not count for this
  // one.
  inline static std::uint64_t last_number = 0;

  Ring& ring_;
  BufferRing& buffers_;
  std::uint64_t number_ = 0;
  bool goes_on_ = false;
};

}  // namespace

// Two messages through a socket pair have to arrive in two completions of one request.
bool receives_many(Ring& ring, int type, bool incremental) {
  BufferRing buffers(BufferRing::kStreams);
  SocketPair sockets(type);
  if (!sockets.ok() || buffers.open(ring.raw(), {2, 4096, 2, 4096, incremental}) != 0) return false;
  MultishotTrial trial(ring, buffers);
  msghdr shape = {};
  const std::int32_t header = type == SOCK_SEQPACKET ? sizeof(io_uring_recvmsg_out) : 0;
  io_uring_sqe* entry = trial.next_entry();
  if (entry != nullptr) {
    if (type == SOCK_SEQPACKET) {
      io_uring_prep_recvmsg_multishot(entry, sockets.fd(0), &shape, 0);
    } else {
      io_uring_prep_recv_multishot(entry, sockets.fd(0), nullptr, 0, 0);
    }
    trial.start(*entry);
  }
  int right = 0;
  for (const char* message : {"a", "b"}) {
    if (!trial.goes_on() || write(sockets.fd(1), message, 1) != 1) break;
    if (trial.receive(header) != *message || !trial.goes_on()) break;
    ++right;
  }
  shutdown(sockets.fd(0), SHUT_RDWR);
  trial.receive(header);
  buffers.withdraw(ring.raw());
  return right == 2;
}

}  // namespace violet
