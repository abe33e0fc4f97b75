#include "iocp/pipe_turns.h"

#include <algorithm>

#include "iocp/channel_record.h"
#include "iocp/pipe_ops.h"
#include "iocp/pipe_thread.h"
#include "iocp/socket_status.h"
#include "os/clock.h"

namespace violet {
namespace {

// How long to pause before the next try, since Windows does not tell when a pipe has room.
constexpr std::uint32_t kShortestMs = 1;
constexpr std::uint32_t kLongestMs = 32;
constexpr std::uint64_t kNanosecondsPerMillisecond = 1'000'000;

ChannelRecord& record_of(ListNode& node) {
  PipeTurn& turn = object_from_member<PipeTurn>(&node, offsetof(PipeTurn, link));
  return object_from_member<ChannelRecord>(&turn, offsetof(ChannelRecord, turn));
}

}  // namespace

void PipeTurns::shorten(ChannelRecord& record) {
  record.turn.pause_ms = 0;
}

void PipeTurns::pause(ChannelRecord& record) {
  PipeTurn& turn = record.turn;
  turn.pause_ms = std::clamp(2 * turn.pause_ms, kShortestMs, kLongestMs);
  turn.ends_at_ns = monotonic_ns() + turn.pause_ms * kNanosecondsPerMillisecond;
  if (!turn.link.linked()) pausing_.push_back(turn.link);
}

void PipeTurns::end_pause(ChannelRecord& record) {
  record.turn.link.unlink_if_linked();
}

std::uint64_t PipeTurns::longest_wait_ns() const {
  if (pausing_.empty()) return kNoDeadline;
  std::uint64_t first = UINT64_MAX;
  for (ListNode* node = pausing_.head.next; node != &pausing_.head; node = node->next)
    first = std::min(first, record_of(*node).turn.ends_at_ns);
  const std::uint64_t now = monotonic_ns();
  return first > now ? first - now : 0;
}

ChannelRecord* PipeTurns::take_due(std::uint64_t now_ns) {
  for (ListNode* node = pausing_.head.next; node != &pausing_.head; node = node->next) {
    ChannelRecord& record = record_of(*node);
    if (record.turn.ends_at_ns > now_ns) continue;
    node->unlink();
    return &record;
  }
  return nullptr;
}

void PipeOps::begin_turns(Channel& channel) {
  ChannelRecord& record = *interest_.find(channel);
  if (!record.is_serial) return;
  record.takes_turns = true;
  if (record.ending != nullptr) turns_.pause(record);
}

Submitted PipeOps::write_in_turn(Op& op, ChannelRecord& record, const WriteArgument& write) {
  const std::int64_t result = write_between_reads(record, write, WhenFull::kGiveUp);
  if (result != UV_EAGAIN) {
    PipeTurns::shorten(record);
    op.result = static_cast<std::int32_t>(result);
    return Submitted::kDone;
  }
  turns_.pause(record);
  record.turn.op = &op;
  op.record = nullptr;
  op.pending = true;
  return Submitted::kPending;
}

// To tell the end waits until the other side has read everything, and meanwhile the pipe cannot be
// read. The other side may want to write first. So the two alternate: the end is tried for the
// length of a pause, then the pipe is read for as long, and so on.
int PipeOps::start_ending_in_turn(ChannelRecord& record) {
  record.turn.owes_end = !IocpInterest::interrupt_read(record, WhenFull::kGiveUp);
  if (!record.turn.owes_end) {
    if (int error = start_ending(record); error != 0) return error;
  }
  if ((record.channel->wanted & kReceive) != 0 || record.turn.owes_end) turns_.pause(record);
  return 0;
}

void PipeOps::complete_ending(ChannelRecord& record, long status) {
  record.ending = nullptr;
  if (!record.takes_turns) return;
  turns_.end_pause(record);
  record.turn.owes_end = is_cancelled(status);
  if (record.turn.owes_end) turns_.pause(record);
  interest_.go_on_reading(record);
}

// `now` is taken once: a pipe that pauses again has its turn in a later wait, however long this
// takes.
void PipeOps::end_pauses(ReadyList& ready) {
  if (!turns_.any()) return;
  const std::uint64_t now = monotonic_ns();
  while (ChannelRecord* record = turns_.take_due(now)) {
    PipeTurn& turn = record->turn;
    const bool is_read = (record->channel->wanted & kReceive) != 0;
    if (record->ending != nullptr) {
      // If it is interrupted, its packet says how far it came (complete_ending()).
      if (is_read && !interrupt_waiting_call(*record->ending->call)) turns_.pause(*record);
    } else if (turn.owes_end) {
      start_ending_in_turn(*record);
    } else if (turn.op != nullptr) {
      // The op ends with no bytes, and its owner writes again what is left.
      Op& op = *turn.op;
      turn.op = nullptr;
      op.pending = false;
      op.result = 0;
      ready.push_back(op.ready);
    }
  }
}

}  // namespace violet
