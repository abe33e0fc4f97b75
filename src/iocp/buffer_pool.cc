#include "iocp/buffer_pool.h"

#include "base/allocator.h"

namespace violet {

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
  auto* buffer = static_cast<ReceiveBuffer*>(allocate(sizeof(ReceiveBuffer)));
  if (buffer != nullptr) ++made_;
  return buffer;
}

void BufferPool::give_back(ReceiveBuffer* buffer) {
  if (buffer == nullptr) return;
  buffer->next_free = free_;
  free_ = buffer;
}

}  // namespace violet
