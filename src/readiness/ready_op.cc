// Ops of a readiness engine: it does them itself, as soon as the descriptor is ready.
#include <cassert>

#include "os/socket.h"
#include "os/socket_io.h"
#include "readiness/readiness_engine.h"

namespace violet {
namespace {

// A channel and its op lie in the same handle, not far apart.
std::int8_t distance_in_words(const Op& op, const Channel& channel) {
  const std::intptr_t bytes =
      reinterpret_cast<std::intptr_t>(&op) - reinterpret_cast<std::intptr_t>(&channel);
  const std::intptr_t words = bytes / std::intptr_t{sizeof(void*)};
  assert(words != 0 && words >= INT8_MIN && words <= INT8_MAX);
  return static_cast<std::int8_t>(words);
}

Op* parked_op(Channel& channel) {
  if (channel.parked_op == 0) return nullptr;
  return reinterpret_cast<Op*>(reinterpret_cast<std::intptr_t>(&channel) +
                               channel.parked_op * std::intptr_t{sizeof(void*)});
}

// Ops are linked by `ready.link`, which lies at offset 0 of an Op.
Op& op_of(ListNode& node) {
  return reinterpret_cast<Op&>(node);
}

Submitted end_at_once(Op& op, std::int64_t result) {
  op.result = static_cast<std::int32_t>(result);
  return Submitted::kDone;
}

}  // namespace

Submitted ReadinessEngine::connect(Op& op, const ConnectArgument& connect) {
  op.kind = OpKind::kConnect;
  const int outcome = connect_socket(op.channel->descriptor, connect.address, connect.length);
  return outcome == kConnectUnderWay ? park(op) : end_at_once(op, outcome);
}

Submitted ReadinessEngine::write(Op& op, const WriteArgument& write) {
  op.kind = OpKind::kWrite;
  const std::int64_t written = write_some(op.channel->descriptor, op.channel->is_socket(),
                                          write.buffers, write.count, write.passed_descriptor);
  if (written == kRoomUntold) return pause(op);
  return written == UV_EAGAIN ? park(op) : end_at_once(op, written);
}

std::int64_t ReadinessEngine::write_now(Channel& channel, const WriteArgument& write,
                                        WhenFull when_full) {
  const auto write_here = when_full == WhenFull::kWait ? write_some_or_wait : write_what_fits;
  return write_here(channel.descriptor, channel.is_socket(), write.buffers, write.count,
                    write.passed_descriptor);
}

Submitted ReadinessEngine::read(Op&, const ReadArgument&) {
  return Submitted::kNeedsThreadPool;
}

Submitted ReadinessEngine::shut_down(Op& op) {
  op.kind = OpKind::kShutDown;
  return end_at_once(op, shut_down_writing(op.channel->descriptor));
}

// The op waits until the descriptor is writable.
Submitted ReadinessEngine::park(Op& op) {
  Channel& channel = *op.channel;
  assert(channel.parked_op == 0 && !op.ready.link.linked());
  channel.parked_op = distance_in_words(op, channel);
  if (int error = interest_changed(channel); error != 0) {
    channel.parked_op = 0;
    return end_at_once(op, error);
  }
  op.pending = true;
  return Submitted::kPending;
}

// The op ends after the next wait, which is a short one (longest_wait_ns()); then its owner tries
// again.
Submitted ReadinessEngine::pause(Op& op) {
  op.pending = true;
  paused_.push_back(op.ready.link);
  return Submitted::kPending;
}

bool ReadinessEngine::has_paused_op(Descriptor descriptor) const {
  for (ListNode* node = paused_.head.next; node != &paused_.head; node = node->next) {
    if (op_of(*node).channel->descriptor == descriptor) return true;
  }
  return false;
}

void ReadinessEngine::end_paused(ReadyList& ready) {
  while (ListNode* node = paused_.pop_front()) {
    Op& op = op_of(*node);
    op.pending = false;
    op.result = 0;
    ready.push_back(op.ready);
  }
}

// How a connect has ended. To ask the socket takes a system call, so it is asked only if the event
// does not tell.
int ReadinessEngine::connect_result(const Channel& channel, Events happened) const {
  const bool is_connected =
      writable_ == Writable::kTellsNoError && (happened & (kError | kDisconnect)) == 0;
  return is_connected ? 0 : socket_error(channel.descriptor);
}

// A write ends with no bytes: its owner collects what is left to write and tries again.
void ReadinessEngine::end_parked(Op& op, Events happened, ReadyList& ready) {
  Channel& channel = *op.channel;
  op.pending = false;
  op.result = op.kind == OpKind::kConnect ? connect_result(channel, happened) : 0;
  channel.parked_op = 0;
  ready.push_back_once(op.ready);
  interest_changed(channel);
}

bool ReadinessEngine::cancel(Op& op) {
  if (op.pending) {
    op.pending = false;
    op.channel->parked_op = 0;
    // Dropping an interest needs no memory, so this cannot fail.
    interest_changed(*op.channel);
  }
  // One that was parked has written nothing, even if there is room by now.
  op.ready.link.unlink_if_linked();
  op.result = UV_ECANCELED;
  return true;
}

std::int64_t ReadinessEngine::take(Channel&, void*, std::size_t) {
  return UV_EAGAIN;
}

int ReadinessEngine::take_connection(Channel&, OwnedDescriptor&) {
  return UV_EAGAIN;
}

int ReadinessEngine::take_datagram(Channel&, const uv_buf_t&, ReceivedDatagram&) {
  return UV_EAGAIN;
}

Events ReadinessEngine::needed(const Channel& channel) {
  Events events = channel.wanted & (kReadable | kWritable | kDisconnect | kPriority);
  if ((channel.wanted & (kReceive | kAccept)) != 0) events |= kReadable;
  if (channel.parked_op != 0) events |= kWritable;
  return events;
}

Events ReadinessEngine::events_for_owner(const Channel& channel, Events happened) {
  Events wanted = channel.wanted;
  if (channel.nature == Nature::kForeign) return events_for_poll_handle(happened, wanted);
  if ((wanted & (kReceive | kAccept)) != 0) wanted |= kReadable;
  if ((wanted & kReceive) != 0) wanted |= kDisconnect;
  return events_to_report(happened, wanted);
}

void ReadinessEngine::report(Channel& channel, Events happened, ReadyList& ready) {
  if (channel.nature != Nature::kForeign) happened = with_consequences(happened);
  Op* op = parked_op(channel);
  if (op != nullptr && (happened & (kWritable | kError)) != 0) end_parked(*op, happened, ready);
  const Events reported = events_for_owner(channel, happened);
  if (reported == kNoEvents) return;
  channel.events |= reported;
  ready.push_back_once(channel.ready);
}

}  // namespace violet
