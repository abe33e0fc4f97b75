#include "core/held_output.h"

#include <cstring>

#include "base/allocator.h"
#include "os/socket.h"

namespace violet {

HeldOutput::~HeldOutput() {
  release(memory_);
}

HeldOutput::Part* HeldOutput::start_part(Descriptor descriptor, bool socket) {
  constexpr std::size_t kAlignment = alignof(Part);
  const std::size_t start = (used_ + kAlignment - 1) / kAlignment * kAlignment;
  if (start + sizeof(Part) > kCapacity) return nullptr;
  last_ = reinterpret_cast<Part*>(memory_ + start);
  *last_ = {0, descriptor, socket};
  used_ = start + sizeof(Part);
  return last_;
}

bool HeldOutput::add(Descriptor descriptor, bool socket, const uv_buf_t* buffers,
                     unsigned int count, std::size_t bytes) {
  if (bytes > kMaxBytesOfWrite || writes_ == kMaxWrites) return false;
  if (memory_ == nullptr) memory_ = static_cast<char*>(allocate(kCapacity));
  if (memory_ == nullptr) return false;
  if (last_ == nullptr || last_->descriptor != descriptor) {
    if (start_part(descriptor, socket) == nullptr) return false;
  }
  if (bytes > kCapacity - used_) return false;
  for (unsigned int i = 0; i < count; ++i) {
    if (buffers[i].len == 0) continue;
    std::memcpy(memory_ + used_, buffers[i].base, buffers[i].len);
    used_ += buffers[i].len;
  }
  last_->bytes += bytes;
  ++writes_;
  return true;
}

void HeldOutput::clear() {
  used_ = 0;
  last_ = nullptr;
  writes_ = 0;
}

// Null behind the last one. `position` moves to the next.
HeldOutput::Part* HeldOutput::next_part(std::size_t& position) {
  constexpr std::size_t kAlignment = alignof(Part);
  const std::size_t start = (position + kAlignment - 1) / kAlignment * kAlignment;
  if (start + sizeof(Part) > used_) return nullptr;
  Part* part = reinterpret_cast<Part*>(memory_ + start);
  position = start + sizeof(Part) + part->bytes;
  return part;
}

void HeldOutput::skip_parts_of(Descriptor descriptor) {
  std::size_t position = 0;
  while (Part* part = next_part(position)) {
    if (part->descriptor == descriptor) part->descriptor = kNoDescriptor;
  }
}

void HeldOutput::write_out() {
  std::size_t position = 0;
  while (Part* part = next_part(position)) {
    if (!part->descriptor.is_open() || part->bytes == 0) continue;
    uv_buf_t bytes;
    bytes.base = reinterpret_cast<char*>(part + 1);
    bytes.len = static_cast<decltype(bytes.len)>(part->bytes);
    const std::int64_t written =
        write_some(part->descriptor, part->socket, &bytes, 1, kNoDescriptor);
    // After a write that was cut, what follows of the same stream would leave a gap.
    if (written != static_cast<std::int64_t>(part->bytes)) skip_parts_of(part->descriptor);
  }
  clear();
}

}  // namespace violet
