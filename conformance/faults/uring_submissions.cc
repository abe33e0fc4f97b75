// The library enters io_uring by syscall(2), but what it submits lies in memory that it shares with
// the kernel. An entry that is to fail becomes one that does nothing and ends with the planted
// error (a feature of the kernel for such tests, 6.10).
#include <linux/io_uring.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "injection.h"
#include "kinds.h"

namespace faults {
namespace {

constexpr unsigned kInjectResult = 1;  // IORING_NOP_INJECT_RESULT
constexpr std::size_t kPage = 4096;

// Where the kernel keeps the words of a queue: in every ring at the same place.
const io_sqring_offsets& places() {
  static const io_sqring_offsets found = [] {
    io_uring_params parameters = {};
    const int ring = static_cast<int>(syscall(SYS_io_uring_setup, 1, &parameters));
    if (ring >= 0) close(ring);
    return parameters.sq_off;
  }();
  return found;
}

template <typename Type>
class Mapped {
 public:
  Mapped(int ring, std::uint64_t what, std::size_t size) : size_(size) {
    memory_ =
        mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring, static_cast<off_t>(what));
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  ~Mapped() {
    if (is_there()) munmap(memory_, size_);
  }
  bool is_there() const { return memory_ != MAP_FAILED; }
  Type* get() const { return static_cast<Type*>(memory_); }

 private:
  void* memory_;
  std::size_t size_;
};

std::size_t kind_of(const io_uring_sqe& entry) {
  switch (entry.opcode) {
    case IORING_OP_RECV:
      return kind_named("uring.recv");
    case IORING_OP_RECVMSG:
      return kind_named("uring.recvmsg");
    case IORING_OP_SEND:
      return kind_named("uring.send");
    case IORING_OP_SENDMSG:
      return kind_named("uring.sendmsg");
    case IORING_OP_ACCEPT:
      return kind_named("uring.accept");
    case IORING_OP_POLL_ADD:
      return kind_named("uring.poll");
    case IORING_OP_READ:
      return kind_named("uring.read");
    case IORING_OP_READV:
      return kind_named("uring.readv");
    case IORING_OP_ASYNC_CANCEL:
      return kind_named("uring.cancel");
    default:
      return kNoKind;
  }
}

void make_fail(io_uring_sqe& entry) {
  const std::uint64_t user_data = entry.user_data;
  const std::uint8_t flags = entry.flags & IOSQE_CQE_SKIP_SUCCESS;
  entry = {};
  entry.opcode = IORING_OP_NOP;
  entry.flags = flags;
  entry.fd = -1;
  entry.len = static_cast<std::uint32_t>(-planted_error());
  entry.rw_flags = kInjectResult;
  entry.user_data = user_data;
}

}  // namespace

void plant_in_submissions(int ring) {
  if (!is_counting()) return;
  Mapped<char> queue(ring, IORING_OFF_SQ_RING, kPage);
  if (!queue.is_there()) return;
  auto word = [&queue](std::uint32_t place) {
    return *reinterpret_cast<std::uint32_t*>(queue.get() + place);
  };
  Mapped<io_uring_sqe> entries(ring, IORING_OFF_SQES,
                               word(places().ring_entries) * sizeof(io_uring_sqe));
  if (!entries.is_there()) return;
  std::atomic_thread_fence(std::memory_order_acquire);
  for (std::uint32_t i = word(places().head); i != word(places().tail); ++i) {
    io_uring_sqe& entry = entries.get()[i & word(places().ring_mask)];
    const std::size_t kind = kind_of(entry);
    if (kind != kNoKind && is_due(kind)) make_fail(entry);
  }
}

}  // namespace faults
