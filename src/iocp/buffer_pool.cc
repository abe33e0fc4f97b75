#include "iocp/buffer_pool.h"

#include "base/allocator.h"

namespace violet {
namespace {

ReceiveBuffer* make_buffer(std::uint32_t size) {
  auto* buffer = static_cast<ReceiveBuffer*>(allocate(offsetof(ReceiveBuffer, bytes) + size));
  if (buffer != nullptr) buffer->size = size;
  return buffer;
}

}  // namespace

BufferPool::~BufferPool() {
  while (free_ != nullptr) {
    ReceiveBuffer* next = free_->next_free;
    release(free_);
    free_ = next;
  }
}

ReceiveBuffer* BufferPool::lend() {
  if (free_ != nullptr) {
    ReceiveBuffer* buffer = free_;
    free_ = buffer->next_free;
    return buffer;
  }
  if (made_ == kMost) return nullptr;
  ReceiveBuffer* buffer = make_buffer(ReceiveBuffer::kSize);
  if (buffer != nullptr) ++made_;
  return buffer;
}

ReceiveBuffer* BufferPool::make_small() {
  return make_buffer(ReceiveBuffer::kSmallSize);
}

void BufferPool::give_back(ReceiveBuffer* buffer) {
  if (buffer == nullptr) return;
  if (buffer->size == ReceiveBuffer::kSmallSize) return release(buffer);
  buffer->next_free = free_;
  free_ = buffer;
}

}  // namespace violet
