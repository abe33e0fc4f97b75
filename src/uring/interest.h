// Interest in channels: noted at once, told to the kernel with the next wait, as polls and as
// multishot requests that fill a backlog (interest.cc).
//
// A channel that waits for bytes and for nothing else, as all connections of an idle server do, has
// no record: it rests (receiving.cc). Its receive names the descriptor and which of the loop's
// receives it is; when it completes, the channel gets a record until its owner has
// taken what came.
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
  std::uint16_t in_kernel;  // polls whose last completion has not come
  std::uint16_t generation;
  std::uint16_t receive_generation;  // which of the loop's receives is its own
  std::uint8_t poll_turn;
  // The peer has shut down its writing side, which the kernel reports unasked. A poll for something
  // else would end at once each time, so it waits for changes (multishot).
  bool polls_changes;
  bool is_parted;  // another channel watches its descriptor while its last receive is stopping
  Events polled;   // what the current poll waits for; none: no poll

  // For another channel. Keeps slot and generation.
  void begin() {
    const std::uint32_t kept_slot = slot;
    const std::uint16_t kept_generation = generation;
    *this = {};
    slot = kept_slot;
    generation = kept_generation;
  }
};

static_assert(sizeof(ChannelRecord) <= 64, "each busy connection has one, in a cache line");

// For a channel that rests `record` holds the generation of its receive, negated.
inline bool rests(const Channel& channel) {
  return channel.record < 0;
}
inline std::uint16_t resting_generation(const Channel& channel) {
  return static_cast<std::uint16_t>(-channel.record);
}
inline void rest(Channel& channel, std::uint16_t generation) {
  channel.record = -std::int32_t{generation};
}

class UringInterest {
 public:
  UringInterest(Ring& ring, ChangeList& changes, Arrivals& arrivals)
      : ring_(ring), changes_(changes), arrivals_(arrivals) {}

  // As the engine's.
  int watch(Channel& channel, Events wanted);
  void forget(Channel& channel);
  bool is_watched(Descriptor descriptor) const {
    const Channel* channel = watched_.at(descriptor);
    return channel != nullptr && channel->wanted != kNoEvents;
  }

  // What came ahead for a channel; null when nothing did.
  Backlog* backlog_of(const Channel& channel) {
    return channel.record > 0 ? &record_of(channel).backlog : nullptr;
  }
  // To be called when something was taken from the backlog.
  void note_taken(Channel& channel) { rest_if_idle(record_of(channel)); }

  // Puts what has changed into the ring's queue.
  void apply_changes();

  // These tell whether somebody waited for the completion.
  bool complete_poll(const Key& key, std::int32_t result, std::uint32_t flags, ReadyList& ready);
  bool complete_receive(const Key& key, std::int32_t result, std::uint32_t flags);

  // While this is on, a poll that completes is not reported but submitted once more: a uv_poll_t
  // must be told the state at the time when its loop looks.
  void look_again(bool on) { looks_again_ = on; }

  // Nothing happens for now: records that nobody has are released.
  void trim() { records_.trim(); }

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
  void release_descriptor(Channel& channel);
  bool drop_requests(Channel& channel);

  // Receiving (receiving.cc).
  // A channel's record: the one it has, or one that is made for it. Null when out of memory.
  ChannelRecord* record_for(Channel& channel);
  void rest_if_idle(ChannelRecord& record);
  bool part_from_descriptor(Channel& channel);
  void forget_parted(ChannelRecord& record);
  ChannelRecord* receiver_of(const Key& key);
  void lose(Channel& channel, std::int32_t result);
  Key key_of_receive(const Channel& channel, std::uint16_t generation) const;
  bool apply_receive(ChannelRecord& record, bool wanted);
  bool arm_receive(ChannelRecord& record);
  void cancel_receive(const Channel& channel, std::uint16_t generation);
  void receives_are_over();

  Events events_to_poll(const Backlog& backlog) const;
  // These are false when the channel has to be looked at again at the next wait.
  bool apply(Channel& channel);
  bool apply_wanted(ChannelRecord& record);
  bool apply_poll(ChannelRecord& record);

  void poll_anew(Channel& channel);
  void replace_poll(ChannelRecord& record);
  bool report_polled(ChannelRecord& record, std::int32_t result, bool goes_on, ReadyList& ready);
  io_uring_sqe* request_entry(ChannelRecord& record);
  void cancel_request(const ChannelRecord& record, Completion kind);
  void cancel(const Key& key);
  void request_is_over(ChannelRecord& record);

  Ring& ring_;
  ChangeList& changes_;
  Arrivals& arrivals_;
  SlotTable<ChannelRecord> records_;
  // Which channel is interested in a descriptor, or was the last to be, as long as its receive is
  // in the kernel.
  DescriptorTable watched_;
  Array<std::uint32_t> parted_;     // slots of records; hardly ever any
  std::uint16_t last_receive_ = 0;  // the generation of the loop's receive that was armed last
  bool looks_again_ = false;
};

}  // namespace violet
