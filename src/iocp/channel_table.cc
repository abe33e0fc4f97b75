#include "iocp/channel_table.h"

#include <cassert>

#include "base/allocator.h"
#include "iocp/accept_queue.h"
#include "iocp/file.h"
#include "iocp/ipc_frames.h"

namespace violet {

ChannelTable::~ChannelTable() {
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (records_[i] == nullptr) continue;
    destroy(records_[i]->accepts);
    destroy(records_[i]->frames);
    destroy(records_[i]->folder);
    destroy(records_[i]);
  }
}

// Room for one record more, and to free every slot later.
bool ChannelTable::make_room() {
  if (!free_.empty()) return true;
  if (!records_.reserve_one_more() || !free_.reserve(records_.capacity())) return false;
  if (buckets_.size() >= records_.capacity()) return true;
  if (!buckets_.reserve(records_.capacity())) return false;
  for (std::size_t i = 0; i < buckets_.size(); ++i)
    buckets_[i] = nullptr;
  while (buckets_.size() < records_.capacity())
    buckets_.push_back(nullptr);
  // Each bucket's chain is another one now.
  for (std::size_t i = 0; i < records_.size(); ++i) {
    ChannelRecord* record = records_[i];
    if (record == nullptr || !record->claims) continue;
    record->claims = false;
    claim(*record);
  }
  return true;
}

ChannelRecord* ChannelTable::make(Channel& channel) {
  if (!make_room()) return nullptr;
  ChannelRecord* record = create<ChannelRecord>(ChannelRecord{});
  if (record == nullptr) return nullptr;
  if (free_.empty()) {
    record->slot = static_cast<std::uint32_t>(records_.size());
    records_.push_back(record);
  } else {
    record->slot = free_.back();
    free_.pop_back();
    records_[record->slot] = record;
  }
  record->channel = &channel;
  record->socket = channel.descriptor.native();
  record->base = INVALID_SOCKET;
  channel.record = static_cast<std::int32_t>(record->slot) + 1;
  return record;
}

void ChannelTable::free(ChannelRecord& record) {
  assert(record.channel == nullptr && record.in_kernel == 0 && !record.claims);
  records_[record.slot] = nullptr;
  free_.push_back(record.slot);
  destroy(record.accepts);
  destroy(record.frames);
  destroy(record.folder);
  destroy(&record);
}

ChannelRecord* ChannelTable::claimant_of(Descriptor descriptor) const {
  if (buckets_.empty()) return nullptr;
  ChannelRecord* record = buckets_[bucket_of(descriptor.native())];
  while (record != nullptr && record->socket != descriptor.native())
    record = record->next_in_bucket;
  return record;
}

void ChannelTable::claim(ChannelRecord& record) {
  if (record.claims) return;
  ChannelRecord*& first = buckets_[bucket_of(record.socket)];
  record.next_in_bucket = first;
  first = &record;
  record.claims = true;
}

void ChannelTable::give_up_claim(ChannelRecord& record) {
  if (!record.claims) return;
  ChannelRecord** place = &buckets_[bucket_of(record.socket)];
  while (*place != &record)
    place = &(*place)->next_in_bucket;
  *place = record.next_in_bucket;
  record.claims = false;
}

}  // namespace violet
