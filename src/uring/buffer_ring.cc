#include "uring/buffer_ring.h"

#include <sys/mman.h>
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

int BufferRing::open(io_uring* ring, const Shape& shape) {
  const std::size_t ring_bytes = round_up(shape.count * sizeof(io_uring_buf));
  const std::size_t bytes = std::size_t{shape.count} * shape.size;
  memory_ = Owned<char>(static_cast<char*>(allocate(kPageSize + ring_bytes + bytes)));
  buffers_ = Owned<Buffer>(static_cast<Buffer*>(allocate_zeroed(shape.count, sizeof(Buffer))));
  if (!memory_ || !buffers_ || !reserve_.reserve(shape.count)) return UV_ENOMEM;
  std::uintptr_t start = round_up(reinterpret_cast<std::uintptr_t>(memory_.get()));
  std::memset(reinterpret_cast<void*>(start), 0, ring_bytes);
  io_uring_buf_reg registration = {};
  registration.ring_addr = start;
  registration.ring_entries = shape.count;
  registration.bgid = group_;
  // liburing 2.3 calls this member `pad`; the kernel reads flags there since 6.4.
  if (shape.incremental) registration.pad = kernel::kBufferRingIncremental;
  if (int error = io_uring_register_buf_ring(ring, &registration, 0); error < 0) return error;
  ring_ = reinterpret_cast<io_uring_buf_ring*>(start);
  storage_ = reinterpret_cast<char*>(start + ring_bytes);
  shape_ = shape;
  lent_ = provided_ = 0;
  to_provide_ = shape.few;
  until_review_ = kRefillsBetweenReviews;
  reserve_.clear();
  for (unsigned int i = shape.count; i > 0; --i)
    reserve_.push_back(static_cast<std::uint16_t>(i - 1));
  refill();
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
  const unsigned int size = to_provide_ > shape_.few ? shape_.size : shape_.part;
  io_uring_buf_ring_add(ring_, bytes_of(buffer), size, buffer, io_uring_buf_ring_mask(shape_.count),
                        0);
  io_uring_buf_ring_advance(ring_, 1);
  ++provided_;
}

BufferRing::Slice BufferRing::accept(std::int32_t length, std::uint32_t completion_flags) {
  std::uint16_t id = static_cast<std::uint16_t>(completion_flags >> IORING_CQE_BUFFER_SHIFT);
  assert((completion_flags & IORING_CQE_F_BUFFER) != 0 && id < shape_.count);
  Buffer& buffer = buffers_[id];
  assert(!buffer.full && buffer.used + static_cast<std::uint32_t>(length) <= shape_.size);
  Slice slice = {bytes_of(id) + buffer.used, id};
  buffer.used += static_cast<std::uint32_t>(length);
  ++buffer.slices;
  if (!shape_.incremental || (completion_flags & kernel::kCompletionBufferMore) == 0) {
    buffer.full = true;
    ++lent_;
    --provided_;
    ++filled_;
  }
  return slice;
}

void BufferRing::give_back(std::uint16_t id) {
  assert(id < shape_.count);
  Buffer& buffer = buffers_[id];
  assert(buffer.slices > 0);
  if (--buffer.slices > 0 || !buffer.full) return;
  --lent_;
  if (provided_ < to_provide_) {
    provide(id);
  } else {
    reserve_.push_back(id);
  }
}

// If all buffers were filled between two refills, more buffers would have received more.
void BufferRing::refill() {
  if (filled_ > most_filled_) most_filled_ = filled_;
  if (filled_ >= to_provide_) is_short_ = true;
  filled_ = 0;
  if (is_short_ && to_provide_ < shape_.count) {
    to_provide_ = to_provide_ * 2 < shape_.count ? to_provide_ * 2 : shape_.count;
    most_filled_ = to_provide_;
  }
  is_short_ = false;
  if (--until_review_ == 0) review();
  while (provided_ < to_provide_ && !reserve_.empty()) {
    provide(reserve_.back());
    reserve_.pop_back();
  }
}

// Keeps one buffer more than were ever filled between two refills, since one is always partly
// filled.
void BufferRing::review() {
  until_review_ = kRefillsBetweenReviews;
  const unsigned int needed = most_filled_ + 1 > shape_.few ? most_filled_ + 1 : shape_.few;
  most_filled_ = 0;
  if (needed >= to_provide_) return;
  to_provide_ = needed;
  release_pages();
}

// Gives the memory of the buffers in reserve back, except of the one that is provided next and most
// likely needed soon.
void BufferRing::release_pages() {
  if (shape_.size % kPageSize != 0) return;
  for (std::size_t i = 0; i + 1 < reserve_.size(); ++i)
    madvise(bytes_of(reserve_[i]), shape_.size, MADV_DONTNEED);
}

}  // namespace violet
