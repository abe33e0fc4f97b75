// The records of a loop's channels: by the number that a channel keeps, and by the descriptor that
// it watches. Handles of Windows are no small numbers, hence the hash.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/array.h"
#include "iocp/channel_record.h"

namespace violet {

class ChannelTable {
 public:
  ChannelTable() = default;
  ChannelTable(const ChannelTable&) = delete;
  ChannelTable& operator=(const ChannelTable&) = delete;
  ~ChannelTable();

  // Makes a zeroed record for the channel. Null when out of memory.
  ChannelRecord* make(Channel& channel);
  // To be called when the channel is forgotten and no packet of its record will come.
  void free(ChannelRecord& record);
  // Null for a channel that has none.
  ChannelRecord* find(const Channel& channel) const {
    return channel.record == 0 ? nullptr : records_[static_cast<std::size_t>(channel.record) - 1];
  }

  // Which record claims the descriptor, or null.
  ChannelRecord* claimant_of(Descriptor descriptor) const;
  void claim(ChannelRecord& record);
  // Harmless when it claims nothing.
  void give_up_claim(ChannelRecord& record);

 private:
  std::size_t bucket_of(SOCKET socket) const { return (socket >> 2) % buckets_.size(); }
  bool make_room();

  Array<ChannelRecord*> records_;  // by slot
  Array<std::uint32_t> free_;
  Array<ChannelRecord*> buckets_;  // at least as many as records
};

}  // namespace violet
