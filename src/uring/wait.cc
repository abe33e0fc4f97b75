// Submitting, blocking, reaping.
#include <poll.h>

#include <cerrno>
#include <ctime>

#include "os/socket_io.h"
#include "uring/engine_class.h"

namespace violet {
namespace {

Events events_of(std::int32_t bits) {
  Events events = kNoEvents;
  if ((bits & POLLIN) != 0) events |= kReadable;
  if ((bits & POLLOUT) != 0) events |= kWritable;
  if ((bits & POLLPRI) != 0) events |= kPriority;
  if ((bits & POLLRDHUP) != 0) events |= kDisconnect;
  // After a hang-up or an error, reading and writing do not block any more: they tell what
  // happened.
  if ((bits & POLLHUP) != 0) events |= kReadable | kWritable | kDisconnect;
  if ((bits & POLLERR) != 0) events |= kReadable | kWritable | kError;
  return events;
}

}  // namespace

WaitResult UringEngine::wait(std::uint64_t timeout_ns, ReadyList& ready) {
  if (adopt_thread() != 0) {
    sleep_without_ring(timeout_ns);
    return {};
  }
  files_.flush();
  files_.reap(found_);
  watch_files();
  found_.move_all_to(ready);
  link_deliverable(ready);
  apply_changes();
  if (!ready.empty() || !changes_.empty()) timeout_ns = 0;
  bool idle_spin = timeout_ns == 0 && !ring_.has_unsubmitted() && !ring_.has_news();
  if (!idle_spin) ring_.enter(timeout_ns, blocks_signal_ ? &blocked_ : nullptr);
  // Whatever enter said (a timeout, a signal, a full completion queue): reaping is what comes next.
  unsigned int count = reap(ready);
  files_.reap(ready);
  link_deliverable(ready);
  return {count, false};
}

// What nobody waits for any more is not counted: it would end the wait of a loop that has nothing
// to do.
unsigned int UringEngine::reap(ReadyList& ready) {
  unsigned int awaited = 0;
  ring_.reap([&](std::uint64_t data, std::int32_t result, std::uint32_t flags) {
    if (complete(Key::unpack(data), result, flags, ready)) ++awaited;
  });
  return awaited;
}

// The process is out of descriptors or memory just when the ring had to be replaced. The next wait
// tries again; until then at least nothing spins.
void UringEngine::sleep_without_ring(std::uint64_t timeout_ns) {
  constexpr std::uint64_t kRetryNs = 10'000'000;
  const timespec pause = {0, static_cast<long>(timeout_ns < kRetryNs ? timeout_ns : kRetryNs)};
  nanosleep(&pause, nullptr);
}

// Whoever waits on fd() next has to see what is here already, too.
void UringEngine::flush() {
  // An embedder's other thread may ask; the ring stays with the one that runs the loop.
  if (enabled_ && owner_ != this_thread()) return;
  if (adopt_thread() != 0) return;
  files_.flush();
  watch_files();
  apply_changes();
  ring_.submit();
  if (!deliverable_.empty() || !found_.empty()) wake();
}

// One-shot, and asked for again while there is something to wait for.
void UringEngine::watch_files() {
  if (watches_files_ || files_.is_idle()) return;
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return;
  io_uring_prep_poll_add(entry, files_.fd(), POLLIN);
  entry->user_data = Key{Completion::kFiles, 0, 0, 0}.packed();
  watches_files_ = true;
}

bool UringEngine::complete(const Key& key, std::int32_t result, std::uint32_t flags,
                           ReadyList& ready) {
  switch (key.kind) {
    case Completion::kNone:
      return false;
    case Completion::kWake:
      // Before the loop looks into its inbox: a wake from now on has to be written again.
      wake_is_under_way_.store(false, std::memory_order_seq_cst);
      if ((flags & IORING_CQE_F_MORE) == 0) watch_wake_event();
      return true;
    case Completion::kPoll:
      return complete_poll(key, result, flags, ready);
    case Completion::kReceive:
      return complete_receive(key, result, flags);
    case Completion::kAccept:
      return complete_accept(key, result, flags);
    case Completion::kFiles:
      // It says nothing that the ring for files does not.
      watches_files_ = false;
      return false;
    case Completion::kOp:
      return complete_op(key, result, flags, ready);
  }
  return false;
}

bool UringEngine::complete_poll(const Key& key, std::int32_t result, std::uint32_t flags,
                                ReadyList& ready) {
  ChannelRecord* record = channels_.find(key);
  if (record == nullptr) return false;
  // A poll that was replaced or forgotten has nothing to say.
  bool is_awaited =
      record->channel != nullptr && key.turn == record->poll_turn && record->polled != kNoEvents;
  const bool goes_on = (flags & IORING_CQE_F_MORE) != 0;
  if (is_awaited) is_awaited = report_polled(*record, result, goes_on, ready);
  if (!goes_on) request_is_over(*record);
  return is_awaited;
}

bool UringEngine::report_polled(ChannelRecord& record, std::int32_t result, bool goes_on,
                                ReadyList& ready) {
  Channel& channel = *record.channel;
  const Events polled = record.polled;
  const bool is_unasked = result == POLLRDHUP && (polled & kDisconnect) == 0;
  if (goes_on) {
    if (is_unasked) return false;
    replace_poll(record);
  }
  record.polled = kNoEvents;
  record.polls_changes = is_unasked;
  if (record.direct_reads > 0) --record.direct_reads;
  note_change(channel);
  // Its thread has ended, and the request with it; nothing has happened to the descriptor.
  if (result == UV_ECANCELED || is_unasked) return false;
  Events happened = result < 0 ? polled | kError : events_of(result);
  const Events end = (channel.wanted & kReceive) != 0 ? kDisconnect : kNoEvents;
  happened = events_to_report(happened, polled | end);
  if (happened == kNoEvents) return false;
  channel.events |= happened;
  ready.push_back_once(channel.ready);
  return true;
}

void UringEngine::link_deliverable(ReadyList& ready) {
  for (ListNode* node = deliverable_.head.next; node != &deliverable_.head; node = node->next) {
    ChannelRecord& record =
        object_from_member<ChannelRecord>(node, offsetof(ChannelRecord, deliverable));
    record.channel->events |= kDelivered;
    if (record.end != 0) record.channel->events |= kDisconnect;
    ready.push_back_once(record.channel->ready);
  }
}

}  // namespace violet
