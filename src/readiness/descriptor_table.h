// Which channel watches a descriptor. Systems number descriptors from 0 on, so an array knows.
#pragma once

#include <cstddef>

#include "base/array.h"
#include "engine.h"

namespace violet {

class DescriptorTable {
 public:
  // The channel, or null.
  Channel* at(std::size_t index) const {
    return index < channels_.size() ? channels_[index] : nullptr;
  }
  Channel* at(Descriptor descriptor) const { return at(index_of(descriptor)); }

  // Room for the descriptor's entry; false when out of memory. What lies behind the highest
  // descriptor is left untouched: it takes no memory before it is used.
  bool reserve(Descriptor descriptor) {
    const std::size_t index = index_of(descriptor);
    if (index < channels_.size()) return true;
    const bool fits = index < channels_.capacity();
    if (!fits && !channels_.reserve(index + 1 + index / 2)) return false;
    while (channels_.size() <= index)
      channels_.push_back(nullptr);
    return true;
  }

  // There is room for the entry, or it is emptied.
  void set(Descriptor descriptor, Channel* channel) {
    const std::size_t index = index_of(descriptor);
    if (index >= channels_.size()) return;
    if (channels_[index] != nullptr) --used_;
    if (channel != nullptr) ++used_;
    channels_[index] = channel;
  }
  void clear(const Channel& channel) {
    if (at(channel.descriptor) == &channel) set(channel.descriptor, nullptr);
  }

  std::size_t size() const { return channels_.size(); }
  bool is_empty() const { return used_ == 0; }

  // Where its entry is. No descriptor has the highest number there is, and is in no table.
  static std::size_t index_of(Descriptor descriptor) {
    return static_cast<std::size_t>(descriptor.native());
  }

 private:
  Array<Channel*> channels_;
  std::size_t used_ = 0;
};

}  // namespace violet
