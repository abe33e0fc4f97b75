// Interest in channels: noted at once, told to the kernel with the next wait, as polls and as
// multishot requests that fill a backlog.
#pragma once

#include <cstdint>

#include "engine.h"
#include "readiness/descriptor_table.h"
#include "uring/arrivals.h"
#include "uring/change_list.h"
#include "uring/ring.h"
#include "uring/slot_table.h"

namespace violet {

struct ChannelRecord {
  // Its channel is null when that was forgotten, but the kernel still holds requests for it.
  Backlog backlog;
  std::uint32_t slot;
  std::uint16_t in_kernel;  // requests whose last completion has not come
  std::uint16_t generation;
  std::uint8_t poll_turn;
  // The peer has shut down its writing side, which the kernel reports unasked. A poll for something
  // else would end at once each time, so it waits for changes (multishot).
  bool polls_changes;
  Events polled;  // what the current poll waits for; none: no poll

  // For another channel. Keeps slot and generation.
  void begin() {
    const std::uint32_t kept_slot = slot;
    const std::uint16_t kept_generation = generation;
    *this = {};
    slot = kept_slot;
    generation = kept_generation;
  }
};

static_assert(sizeof(ChannelRecord) <= 64, "each connection has one, in a cache line");

class UringInterest {
 public:
  UringInterest(Ring& ring, ChangeList& changes, Arrivals& arrivals)
      : ring_(ring), changes_(changes), arrivals_(arrivals) {}

  // As the engine's.
  int watch(Channel& channel, Events wanted);
  void forget(Channel& channel);
  bool is_watched(Descriptor descriptor) const { return watched_.at(descriptor) != nullptr; }

  // What came ahead for a channel; null for one that never was watched.
  Backlog* backlog_of(const Channel& channel) {
    return channel.record == 0 ? nullptr : &record_of(channel).backlog;
  }

  // Puts what has changed into the ring's queue.
  void apply_changes();

  // These tell whether somebody waited for the completion.
  bool complete_poll(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);
  bool complete_receive(const Key& key, std::int32_t result, std::uint32_t flags);
  bool complete_accept(const Key& key, std::int32_t result, std::uint32_t flags);

  // While it is on, a poll that has completed is not reported but asked for once more: what a
  // uv_poll_t is told has to be what stands when its loop looks.
  void look_again(bool on) { looks_again_ = on; }

  // Takes what came ahead out of buffers that go away.
  void leave_buffers();
  // Asks a new ring for everything that the old one was asked for.
  void resume();

 private:
  ChannelRecord& record_of(const Channel& channel) {
    ChannelRecord& record = records_.at(static_cast<std::uint32_t>(channel.record) - 1);
    assert(record.backlog.channel == &channel);
    return record;
  }
  int claim_descriptor(Channel& channel);
  bool make_record(Channel& channel);

  Events events_to_poll(const Backlog& backlog) const;
  // These are false when the channel has to be looked at again at the next wait.
  bool apply(Channel& channel);
  bool apply_poll(ChannelRecord& record);
  bool apply_multishot(ChannelRecord& record, Multishot& state, bool wanted, Completion kind);

  void replace_poll(ChannelRecord& record);
  bool report_polled(ChannelRecord& record, std::int32_t result, bool goes_on, ReadyList& ready);
  void multishot_is_over(ChannelRecord& record, Multishot& state);
  io_uring_sqe* request_entry(ChannelRecord& record);
  void cancel_request(const ChannelRecord& record, Completion kind);
  void request_is_over(ChannelRecord& record);

  Ring& ring_;
  ChangeList& changes_;
  Arrivals& arrivals_;
  SlotTable<ChannelRecord> records_;
  DescriptorTable watched_;
  bool looks_again_ = false;
};

}  // namespace violet
