#include "uring/buffer_ring.h"

#include <uv.h>

#include <cassert>
#include <cstring>

#include "uring/kernel.h"

namespace violet {
namespace {

// The kernel wants the ring's entries at the start of a page.
constexpr std::size_t kPageSize = 4096;

std::size_t round_up(std::size_t value) {
  return (value + kPageSize - 1) & ~(kPageSize - 1);
}

}  // namespace

int BufferRing::open(io_uring* ring, unsigned int count, unsigned int size, bool incremental) {
  std::size_t ring_bytes = round_up(count * sizeof(io_uring_buf));
  memory_ =
      Owned<char>(static_cast<char*>(allocate(kPageSize + ring_bytes + std::size_t{count} * size)));
  buffers_ = Owned<Buffer>(static_cast<Buffer*>(allocate_zeroed(count, sizeof(Buffer))));
  if (!memory_ || !buffers_) return UV_ENOMEM;
  std::uintptr_t start = round_up(reinterpret_cast<std::uintptr_t>(memory_.get()));
  std::memset(reinterpret_cast<void*>(start), 0, ring_bytes);
  io_uring_buf_reg registration = {};
  registration.ring_addr = start;
  registration.ring_entries = count;
  registration.bgid = group_;
  // liburing 2.3 calls this member `pad`; the kernel reads flags there since 6.4.
  if (incremental) registration.pad = kernel::kBufferRingIncremental;
  if (int error = io_uring_register_buf_ring(ring, &registration, 0); error < 0) return error;
  ring_ = reinterpret_cast<io_uring_buf_ring*>(start);
  storage_ = reinterpret_cast<char*>(start + ring_bytes);
  count_ = count;
  size_ = size;
  lent_ = 0;
  incremental_ = incremental;
  for (unsigned int i = 0; i < count; ++i)
    provide(static_cast<std::uint16_t>(i));
  return 0;
}

void BufferRing::withdraw(io_uring* ring) {
  if (is_open()) io_uring_unregister_buf_ring(ring, group_);
}

void BufferRing::close() {
  ring_ = nullptr;
  memory_ = {};
  buffers_ = {};
}

void BufferRing::provide(std::uint16_t buffer) {
  buffers_[buffer] = {};
  io_uring_buf_ring_add(ring_, bytes_of(buffer), size_, buffer, io_uring_buf_ring_mask(count_), 0);
  io_uring_buf_ring_advance(ring_, 1);
}

BufferRing::Slice BufferRing::accept(std::int32_t length, std::uint32_t completion_flags) {
  std::uint16_t id = static_cast<std::uint16_t>(completion_flags >> IORING_CQE_BUFFER_SHIFT);
  assert((completion_flags & IORING_CQE_F_BUFFER) != 0 && id < count_);
  Buffer& buffer = buffers_[id];
  assert(!buffer.full && buffer.used + static_cast<std::uint32_t>(length) <= size_);
  Slice slice = {bytes_of(id) + buffer.used, id};
  buffer.used += static_cast<std::uint32_t>(length);
  ++buffer.slices;
  if (!incremental_ || (completion_flags & kernel::kCompletionBufferMore) == 0) {
    buffer.full = true;
    ++lent_;
  }
  return slice;
}

void BufferRing::give_back(std::uint16_t id) {
  assert(id < count_);
  Buffer& buffer = buffers_[id];
  assert(buffer.slices > 0);
  if (--buffer.slices > 0 || !buffer.full) return;
  --lent_;
  provide(id);
}

}  // namespace violet
