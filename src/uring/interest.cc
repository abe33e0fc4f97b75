#include "uring/interest.h"

#include <poll.h>
#include <uv.h>

#include <cassert>

namespace violet {
namespace {

unsigned int poll_bits(Events events) {
  unsigned int bits = 0;
  if ((events & kReadable) != 0) bits |= POLLIN;
  if ((events & kWritable) != 0) bits |= POLLOUT;
  if ((events & kDisconnect) != 0) bits |= POLLRDHUP;
  if ((events & kPriority) != 0) bits |= POLLPRI;
  return bits;
}

Events events_of(std::int32_t bits) {
  Events events = kNoEvents;
  if ((bits & POLLIN) != 0) events |= kReadable;
  if ((bits & POLLOUT) != 0) events |= kWritable;
  if ((bits & POLLPRI) != 0) events |= kPriority;
  if ((bits & POLLRDHUP) != 0) events |= kDisconnect;
  if ((bits & POLLHUP) != 0) events |= kHangUp;
  if ((bits & POLLERR) != 0) events |= kError;
  return events;
}

Key key_of(const ChannelRecord& record, Completion kind) {
  const std::uint8_t turn = kind == Completion::kPoll ? record.poll_turn : std::uint8_t{0};
  return {kind, turn, record.generation, record.slot};
}

}  // namespace

int UringInterest::watch(Channel& channel, Events wanted) {
  // A poll handle that is started again is told anew, also for what it waits for already.
  if (channel.wanted == wanted && channel.nature != Nature::kForeign) return 0;
  if (channel.may_be_replaced()) poll_anew(channel);
  if (wanted == kNoEvents) {
    release_descriptor(channel);
  } else if (int error = claim_descriptor(channel); error != 0) {
    return error;
  }
  channel.wanted = wanted;
  changes_.note(channel);
  if (Backlog* backlog = backlog_of(channel); backlog != nullptr) {
    arrivals_.interest_changed(*backlog);
  }
  return 0;
}

// Makes the channel the one that watches its descriptor, until it drops its interest. Another
// channel that has dropped its interest keeps its record and what was received ahead for it.
int UringInterest::claim_descriptor(Channel& channel) {
  if (!watched_.reserve(channel.descriptor)) return UV_ENOMEM;
  Channel* owner = watched_.at(channel.descriptor);
  if (owner != nullptr && owner != &channel) {
    if (owner->wanted != kNoEvents) return UV_EEXIST;
    if (!part_from_descriptor(*owner)) return UV_ENOMEM;
  }
  ChannelRecord* record = record_for(channel);
  if (record == nullptr) return UV_ENOMEM;
  forget_parted(*record);
  watched_.set(channel.descriptor, &channel);
  return 0;
}

// A channel with a receive in the kernel stays in the table: the receive finds its channel by the
// descriptor.
void UringInterest::release_descriptor(Channel& channel) {
  if (rests(channel)) return;
  const Backlog* backlog = backlog_of(channel);
  if (backlog == nullptr || backlog->receive == Multishot::kOff) watched_.clear(channel);
}

void UringInterest::forget(Channel& channel) {
  watched_.clear(channel);
  channel.wanted = kNoEvents;
  channel.events = kNoEvents;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
  const bool has_request = drop_requests(channel);
  channel.armed = kNoEvents;
  // A request in the kernel keeps the socket open. So the cancels are submitted now: only when the
  // requests have ended does close(2) send a FIN and free the port, as our user expects.
  if (has_request) ring_.enter(0, nullptr);
}

// Cancels the requests of a channel that is forgotten. True when the kernel has any. What its
// receive still brings is discarded.
bool UringInterest::drop_requests(Channel& channel) {
  if (rests(channel)) {
    cancel_receive(channel, resting_generation(channel));
    channel.record = 0;
    return true;
  }
  if (channel.record == 0) return false;
  ChannelRecord& record = record_of(channel);
  channel.record = 0;
  forget_parted(record);
  const bool receives = record.backlog.receive != Multishot::kOff;
  if (record.backlog.receive == Multishot::kArmed) {
    cancel_receive(channel, record.receive_generation);
  }
  arrivals_.forget(record.backlog);
  if (record.in_kernel == 0) {
    records_.give_back(record);
    return receives;
  }
  if (record.polled != kNoEvents) cancel_request(record, Completion::kPoll);
  return true;
}

// A channel that has to wait for a free buffer, or for room in the queue, stays in the list.
void UringInterest::apply_changes() {
  changes_.apply_each([this](Channel& channel) { return apply(channel); });
}

bool UringInterest::apply(Channel& channel) {
  if (rests(channel) && channel.wanted == kReceive) return true;
  ChannelRecord* record = record_for(channel);
  if (record == nullptr || !apply_wanted(*record)) return false;
  rest_if_idle(*record);
  return true;
}

bool UringInterest::apply_wanted(ChannelRecord& record) {
  Backlog& backlog = record.backlog;
  const Channel& channel = *backlog.channel;
  const bool wants_bytes = (channel.wanted & kReceive) != 0;
  if (wants_bytes) arrivals_.open_buffers_for(channel, ring_);
  if (!apply_poll(record)) return false;
  const bool receive = wants_bytes && arrivals_.receives_ahead(backlog) && backlog.end == 0 &&
                       backlog.direct_reads == 0 && !backlog.has_copies();
  if (!wants_bytes) arrivals_.move_to_heap(backlog);
  return apply_receive(record, receive);
}

Events UringInterest::events_to_poll(const Backlog& backlog) const {
  const Channel& channel = *backlog.channel;
  Events events = channel.wanted & (kReadable | kWritable | kDisconnect | kPriority);
  // Bytes that were received ahead are delivered before the socket is read directly.
  const bool reads_directly =
      !arrivals_.receives_ahead(backlog) ||
      (backlog.direct_reads > 0 && backlog.receive == Multishot::kOff && !backlog.has_news());
  if ((channel.wanted & kReceive) != 0 && reads_directly) events |= kReadable;
  // Connections could come ahead, too (multishot accept); each costs more that way than by
  // accept(2) for all that a poll has told of (docs/performance.md).
  if ((channel.wanted & kAccept) != 0) events |= kReadable;
  return events;
}

bool UringInterest::apply_poll(ChannelRecord& record) {
  const Events events = events_to_poll(record.backlog);
  if (events == record.polled) return true;
  if (record.polled != kNoEvents) {
    replace_poll(record);
    record.polls_changes = false;
  }
  if (events == kNoEvents) return true;
  // One-shot and asked for again after each event: that is what makes the interest level-triggered.
  io_uring_sqe* entry = request_entry(record);
  if (entry == nullptr) return false;
  const int descriptor = record.backlog.channel->descriptor.native();
  if (record.polls_changes) {
    io_uring_prep_poll_multishot(entry, descriptor, poll_bits(events));
  } else {
    io_uring_prep_poll_add(entry, descriptor, poll_bits(events));
  }
  entry->user_data = key_of(record, Completion::kPoll).packed();
  record.polled = events;
  return true;
}

// The program may have closed the descriptor that it gave us, and its number may name another file
// by now, while the poll still watches the old one.
void UringInterest::poll_anew(Channel& channel) {
  if (channel.record <= 0) return;
  ChannelRecord& record = record_of(channel);
  if (record.polled == kNoEvents) return;
  replace_poll(record);
  record.polls_changes = false;
}

// Completions of the replaced poll are recognised by their `turn`.
void UringInterest::replace_poll(ChannelRecord& record) {
  cancel_request(record, Completion::kPoll);
  ++record.poll_turn;
  record.polled = kNoEvents;
}

bool UringInterest::complete_poll(const Key& key, std::int32_t result, std::uint32_t flags,
                                  ReadyList& ready) {
  ChannelRecord* record = records_.find(key);
  if (record == nullptr) return false;
  // A completion of a poll that was replaced or forgotten is ignored.
  bool is_awaited = record->backlog.channel != nullptr && key.turn == record->poll_turn &&
                    record->polled != kNoEvents;
  const bool goes_on = (flags & IORING_CQE_F_MORE) != 0;
  if (is_awaited) is_awaited = report_polled(*record, result, goes_on, ready);
  if (!goes_on) request_is_over(*record);
  return is_awaited;
}

bool UringInterest::report_polled(ChannelRecord& record, std::int32_t result, bool goes_on,
                                  ReadyList& ready) {
  Channel& channel = *record.backlog.channel;
  const Events polled = record.polled;
  const bool is_unasked = result == POLLRDHUP && (polled & kDisconnect) == 0;
  if (goes_on) {
    if (is_unasked) return false;
    replace_poll(record);
  }
  record.polled = kNoEvents;
  record.polls_changes = is_unasked;
  if (record.backlog.direct_reads > 0) --record.backlog.direct_reads;
  changes_.note(channel);
  // The thread that submitted the poll has ended, which ended the poll; nothing has happened to the
  // descriptor.
  if (result == UV_ECANCELED || is_unasked) return false;
  if (looks_again_ && result >= 0 && channel.nature == Nature::kForeign) return false;
  Events happened = result < 0 ? polled | kError : events_of(result);
  if (channel.nature == Nature::kForeign) {
    happened = events_for_poll_handle(happened, polled);
  } else {
    const Events end = (channel.wanted & kReceive) != 0 ? kDisconnect : kNoEvents;
    happened = events_to_report(with_consequences(happened), polled | end);
  }
  if (happened == kNoEvents) return false;
  channel.events |= happened;
  ready.push_back_once(channel.ready);
  return true;
}

// An entry for a request of a channel, counted until its last completion.
io_uring_sqe* UringInterest::request_entry(ChannelRecord& record) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return nullptr;
  ++record.in_kernel;
  return entry;
}

void UringInterest::cancel_request(const ChannelRecord& record, Completion kind) {
  cancel(key_of(record, kind));
}

void UringInterest::cancel(const Key& key) {
  io_uring_sqe* entry = ring_.next_entry();
  // If the queue has no room, the request simply goes on, and its completions are discarded.
  if (entry == nullptr) return;
  io_uring_prep_cancel64(entry, key.packed(), 0);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

void UringInterest::request_is_over(ChannelRecord& record) {
  assert(record.in_kernel > 0);
  if (--record.in_kernel == 0 && record.backlog.channel == nullptr) records_.give_back(record);
}

void UringInterest::leave_buffers() {
  records_.for_each([this](ChannelRecord& record) { arrivals_.leave_buffers(record.backlog); });
}

void UringInterest::resume() {
  receives_are_over();
  records_.for_each([this](ChannelRecord& record) {
    Channel* channel = record.backlog.channel;
    if (channel == nullptr && record.in_kernel > 0) records_.give_back(record);
    record.in_kernel = 0;
    record.is_parted = false;
    record.polled = kNoEvents;
    record.backlog.receive = Multishot::kOff;
    if (channel != nullptr) changes_.note(*channel);
  });
}

}  // namespace violet
