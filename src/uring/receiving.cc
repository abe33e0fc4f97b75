// Receives, and the channels that rest on them.
#include <cassert>

#include "uring/interest.h"

namespace violet {
namespace {

// In `Channel::armed` of a channel without a record: there was no memory to keep what it received,
// and its owner has not been told yet.
constexpr Events kLost = kError;

}  // namespace

ChannelRecord* UringInterest::record_for(Channel& channel) {
  if (channel.record > 0) return &record_of(channel);
  ChannelRecord* record = records_.take();
  if (record == nullptr) return nullptr;
  arrivals_.begin(record->backlog, channel);
  if (rests(channel)) {
    record->backlog.receive = Multishot::kArmed;
    record->receive_generation = resting_generation(channel);
  } else if (channel.armed == kLost) {
    arrivals_.note_loss(record->backlog);
  }
  channel.record = static_cast<std::int32_t>(record->slot) + 1;
  channel.armed = kNoEvents;
  return record;
}

// Takes the record from a channel whose owner has taken everything, if the kernel has no request
// for it but perhaps a receive.
void UringInterest::rest_if_idle(ChannelRecord& record) {
  const Backlog& backlog = record.backlog;
  const bool is_idle = record.in_kernel == 0 && !backlog.has_news() && backlog.direct_reads == 0 &&
                       backlog.receive != Multishot::kStopping && !record.is_parted;
  if (!is_idle) return;
  Channel& channel = *backlog.channel;
  channel.record = 0;
  if (backlog.receive == Multishot::kArmed) {
    assert(watched_.at(channel.descriptor) == &channel);
    rest(channel, record.receive_generation);
  } else if (channel.wanted == kNoEvents) {
    watched_.clear(channel);
  }
  record.backlog.channel = nullptr;
  records_.give_back(record);
}

// Takes the descriptor from a channel that has no interest in it any more, but may have a receive
// in the kernel, because another channel is going to watch it. False when out of memory.
bool UringInterest::part_from_descriptor(Channel& channel) {
  if (!parted_.reserve_one_more()) return false;
  ChannelRecord* record = record_for(channel);
  if (record == nullptr) return false;
  watched_.clear(channel);
  if (record->backlog.receive == Multishot::kOff) return true;
  record->is_parted = true;
  parted_.push_back(record->slot);
  return true;
}

void UringInterest::forget_parted(ChannelRecord& record) {
  if (!record.is_parted) return;
  record.is_parted = false;
  for (std::size_t i = 0; i < parted_.size(); ++i) {
    if (parted_[i] != record.slot) continue;
    parted_[i] = parted_.back();
    parted_.pop_back();
    return;
  }
}

// The record of the channel whose receive has completed; null when nobody waits for it any more, or
// there is no memory for a record.
ChannelRecord* UringInterest::receiver_of(const Key& key) {
  auto is_its = [&key](const ChannelRecord& record) {
    return record.backlog.receive != Multishot::kOff && record.receive_generation == key.generation;
  };
  Channel* channel = watched_.at(std::size_t{key.slot});
  if (channel != nullptr && rests(*channel)) {
    if (resting_generation(*channel) == key.generation) return record_for(*channel);
  } else if (channel != nullptr && channel->record > 0) {
    ChannelRecord& record = record_of(*channel);
    if (is_its(record)) return &record;
  }
  for (std::size_t i = 0; i < parted_.size(); ++i) {
    ChannelRecord& record = records_.at(parted_[i]);
    const Descriptor descriptor = record.backlog.channel->descriptor;
    if (watched_.index_of(descriptor) == key.slot && is_its(record)) return &record;
  }
  return nullptr;
}

bool UringInterest::complete_receive(const Key& key, std::int32_t result, std::uint32_t flags) {
  ChannelRecord* record = receiver_of(key);
  if (record == nullptr) {
    arrivals_.discard(key.turn != 0, result, flags);
    Channel* channel = watched_.at(std::size_t{key.slot});
    const bool is_lost =
        channel != nullptr && rests(*channel) && resting_generation(*channel) == key.generation;
    if (is_lost) lose(*channel, result);
    return is_lost;
  }
  Backlog& backlog = record->backlog;
  arrivals_.complete_receive(backlog, result, flags);
  if ((flags & IORING_CQE_F_MORE) == 0) {
    assert(backlog.receive != Multishot::kOff);
    backlog.receive = Multishot::kOff;
    forget_parted(*record);
    changes_.note(*backlog.channel);
  }
  return result != UV_ECANCELED;
}

// What came for a resting channel could not be noted. Bytes behind lost ones are worth nothing, so
// the request ends here. Its owner is told at the next wait, if there is memory for that.
void UringInterest::lose(Channel& channel, std::int32_t result) {
  cancel_receive(channel, resting_generation(channel));
  channel.record = 0;
  const bool is_loss = result != 0 && result != UV_ECANCELED && result != UV_ENOBUFS;
  channel.armed = is_loss ? kLost : kNoEvents;
  changes_.note(channel);
}

Key UringInterest::key_of_receive(const Channel& channel, std::uint16_t generation) const {
  const std::uint8_t turn = channel.has_datagrams() ? 1 : 0;
  const std::size_t index = watched_.index_of(channel.descriptor);
  return {Completion::kReceive, turn, generation, static_cast<std::uint32_t>(index)};
}

bool UringInterest::apply_receive(ChannelRecord& record, bool wanted) {
  Backlog& backlog = record.backlog;
  if (wanted) {
    // A request that is being stopped is asked for again when its last completion has come.
    return backlog.receive != Multishot::kOff || arm_receive(record);
  }
  if (backlog.receive == Multishot::kArmed) {
    cancel_receive(*backlog.channel, record.receive_generation);
    backlog.receive = Multishot::kStopping;
  }
  return true;
}

bool UringInterest::arm_receive(ChannelRecord& record) {
  Backlog& backlog = record.backlog;
  if (!arrivals_.make_room(backlog)) return false;
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return false;
  arrivals_.prepare_receive(*entry, backlog);
  const Channel& channel = *backlog.channel;
  if (++last_receive_ == 0) ++last_receive_;
  record.receive_generation = last_receive_;
  entry->user_data = key_of_receive(channel, record.receive_generation).packed();
  backlog.receive = Multishot::kArmed;
  return true;
}

void UringInterest::cancel_receive(const Channel& channel, std::uint16_t generation) {
  cancel(key_of_receive(channel, generation));
}

// To be called when the ring of the receives is gone.
void UringInterest::receives_are_over() {
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    Channel* channel = watched_.at(i);
    if (channel == nullptr || !rests(*channel)) continue;
    channel->record = 0;
    changes_.note(*channel);
  }
  parted_.clear();
}

}  // namespace violet
