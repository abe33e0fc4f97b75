#include "iocp/interest.h"

#include <cassert>

#include "iocp/accept_queue.h"
#include "iocp/child_wait.h"
#include "iocp/console_input.h"
#include "iocp/extension_functions.h"
#include "iocp/file.h"
#include "iocp/ipc_frames.h"
#include "iocp/pipe_thread.h"
#include "iocp/socket_status.h"
#include "os/socket_io.h"
#include "os/windows/console_reader.h"
#include "os/windows/named_pipe.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

ChannelRecord& record_of_poll(Operation& operation) {
  return object_from_member<ChannelRecord>(&operation, offsetof(ChannelRecord, poll.operation));
}

ChannelRecord& record_of_receive(Operation& operation) {
  return object_from_member<ChannelRecord>(&operation, offsetof(ChannelRecord, receiver.operation));
}

Events events_to_poll(const ChannelRecord& record) {
  const Channel& channel = *record.channel;
  if (channel.nature == Nature::kTerminal) return kNoEvents;
  Events events = channel.wanted & (kReadable | kWritable | kDisconnect | kPriority);
  if ((channel.wanted & kReceive) != 0 && !record.receives_ahead()) events |= kReadable;
  if ((channel.wanted & kAccept) != 0 && !record.accepts_ahead()) events |= kAccept;
  if (record.parked != nullptr) events |= kWritable;
  return events;
}

void cancel_receive(ChannelRecord& record) {
  if (record.reading != nullptr) {
    cancel_waiting_call(*record.reading);
  } else if (record.receiver.is_posted) {
    CancelIoEx(record.handle(), &record.receiver.operation.overlapped);
  }
}

// While our user does not read, a pipe that others read, too, is left to them. Bytes that have been
// received already are still delivered to our user.
void stop_reading_ahead(ChannelRecord& record) {
  if (record.channel->is_pipe() && record.channel->is_shared()) cancel_receive(record);
}

}  // namespace

IocpInterest::IocpInterest(Port& port) : port_(port) {
  changes_.reset();
  deliverable_.reset();
}

ChannelRecord* IocpInterest::record_for(Channel& channel) {
  ChannelRecord* record = table_.find(channel);
  return record != nullptr ? record : table_.make(channel);
}

// A socket that others use, too, is not received from ahead: it may belong to a port of theirs, and
// what we receive ahead would be lost to them.
bool IocpInterest::works_ahead(ChannelRecord& record) {
  if (record.way != Way::kUndecided) return record.way == Way::kAhead;
  const Channel& channel = *record.channel;
  if (channel.is_pipe()) return decide_way_of_pipe(record);
  record.way = Way::kReadiness;
  if (!channel.is_socket() || channel.is_shared()) return false;
  const bool may_skip = extension_functions().sockets_are_handles;
  if (port_.associate(record.handle(), may_skip, record.skips_packets) != 0) return false;
  record.way = Way::kAhead;
  return true;
}

// A pipe that this engine has accepted belongs to our port already. If any other one belongs to a
// port, it is somebody else's, for ever; then threads serve the pipe.
bool IocpInterest::decide_way_of_pipe(ChannelRecord& record) {
  record.port = &port_;
  record.way = Way::kThreads;
  record.is_serial = is_synchronous(record.handle());
  if (record.is_serial) return false;
  const int error = port_.associate(record.handle(), true, record.skips_packets);
  const bool is_ours = error == UV_EINVAL && !record.channel->is_shared();
  if (is_ours) record.skips_packets = Port::skip_packets(record.handle());
  if (error == 0 || is_ours) record.way = Way::kAhead;
  return record.way == Way::kAhead;
}

bool IocpInterest::interrupt_read(ChannelRecord& record, WhenFull when_full) {
  if (record.reading == nullptr) return true;
  if (when_full == WhenFull::kGiveUp) return interrupt_waiting_call(*record.reading);
  cancel_waiting_call(*record.reading);
  return true;
}

void IocpInterest::go_on_reading(ChannelRecord& record) {
  if ((record.channel->wanted & kReceive) != 0) note(record);
}

void IocpInterest::give_descriptor(Channel& channel, Descriptor descriptor) {
  channel.descriptor = descriptor;
  ChannelRecord* record = table_.find(channel);
  if (record != nullptr) record->socket = descriptor.native();
}

int IocpInterest::watch(Channel& channel, Events wanted) {
  if (channel.wanted == wanted) return 0;
  if (channel.nature == Nature::kTerminal) return watch_console(channel, wanted);
  ChannelRecord* record = table_.find(channel);
  if (wanted == kNoEvents) {
    if (record == nullptr) return 0;
    table_.give_up_claim(*record);
    stop_reading_ahead(*record);
  } else {
    if (channel.is_folder()) return watch_folder(channel, wanted);
    if (!channel.is_socket() && !channel.is_pipe() && channel.nature != Nature::kForeign) {
      return UV_ENOTSUP;
    }
    const ChannelRecord* claimant = table_.claimant_of(channel.descriptor);
    if (claimant != nullptr && claimant != record) return UV_EEXIST;
    record = record_for(channel);
    if (record == nullptr) return UV_ENOMEM;
    if (!channel.is_pipe()) {
      if (int error = device_.open(port_); error != 0) return error;
    }
    table_.claim(*record);
    works_ahead(*record);
    if ((wanted & kAccept) != 0 && record->way == Way::kAhead) open_accept_queue(*record);
  }
  channel.wanted = wanted;
  // Not left to the next wait: a client of a pipe is refused while there is no instance for it.
  if ((wanted & kAccept) != 0 && channel.is_pipe() && record->accepts_ahead())
    apply_accept(*record);
  note(*record);
  update_deliverable(*record);
  return 0;
}

void IocpInterest::forget(Channel& channel) {
  channel.wanted = channel.armed = channel.events = kNoEvents;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
  ChannelRecord* record = table_.find(channel);
  if (record == nullptr) return;
  table_.give_up_claim(*record);
  record->deliverable.unlink_if_linked();
  record->channel = nullptr;
  record->parked = nullptr;
  channel.record = 0;
  if (record->poll.state == AfdPollState::kPending) device_.cancel(record->poll);
  cancel_receive(*record);
  cancel_folder(*record);
  // If its packet is on its way already, it counts as an operation, for which the end of the engine
  // waits.
  if (record->child != nullptr && record->child->has_ended) --ended_children_;
  if (record->child != nullptr && end_child_wait(*record->child)) port_.operation_began();
  record->child = nullptr;
  if (record->console != nullptr && close_console_input(*record->console)) port_.operation_began();
  record->console = nullptr;
  receives_.drop(*record);
  cancel_accepts(*record);
  free_if_unused(*record);
}

int IocpInterest::check_unused(Descriptor descriptor) const {
  if (!descriptor.is_open()) return 0;
  return table_.claimant_of(descriptor) != nullptr ? UV_EEXIST : 0;
}

void IocpInterest::note(ChannelRecord& record) {
  if (!record.channel->change.linked()) changes_.push_back(record.channel->change);
}

void IocpInterest::park(ChannelRecord& record, Op& op) {
  assert(record.parked == nullptr);
  record.parked = &op;
  op.pending = true;
  note(record);
}

bool IocpInterest::unpark(Op& op) {
  ChannelRecord* record = table_.find(*op.channel);
  if (record == nullptr || record->parked != &op) return false;
  record->parked = nullptr;
  op.pending = false;
  return true;
}

void IocpInterest::began(ChannelRecord& record, unsigned int operations) {
  for (unsigned int i = 0; i < operations; ++i)
    port_.operation_began();
  record.in_kernel += operations;
}

bool IocpInterest::is_over(ChannelRecord& record) {
  port_.operation_is_over();
  --record.in_kernel;
  return record.channel == nullptr;
}

void IocpInterest::free_if_unused(ChannelRecord& record) {
  if (record.channel == nullptr && record.in_kernel == 0) table_.free(record);
}

// Changes that are noted meanwhile wait for the next turn: an operation that fails at once, again
// and again, must not keep us here.
void IocpInterest::apply_changes() {
  receives_.begin_turn();
  List turn;
  turn.reset();
  changes_.move_all_to(turn);
  while (ListNode* node = turn.pop_front()) {
    Channel& channel = object_from_member<Channel>(node, offsetof(Channel, change));
    apply(*table_.find(channel));
  }
}

void IocpInterest::apply(ChannelRecord& record) {
  if (record.console != nullptr) {
    const bool is_read = record.channel->wanted != kNoEvents && !record.console->has_news;
    if (is_read) record.console->reader->want();
    return;
  }
  apply_poll(record);
  if ((record.channel->wanted & kReceive) != 0 && record.receives_ahead()) apply_receive(record);
  if ((record.channel->wanted & kAccept) != 0 && record.accepts_ahead()) apply_accept(record);
  update_deliverable(record);
}

void IocpInterest::apply_poll(ChannelRecord& record) {
  const Events wanted = events_to_poll(record);
  AfdPoll& poll = record.poll;
  switch (poll.state) {
    case AfdPollState::kIdle:
      if (wanted != kNoEvents) start_poll(record, wanted);
      break;
    case AfdPollState::kPending:
      // A poll that watches for more than is wanted is left alone, since most interest that is
      // dropped soon comes back.
      if ((wanted & ~poll.polled) != 0) device_.cancel(poll);
      break;
    case AfdPollState::kCancelled:
      break;
  }
}

void IocpInterest::start_poll(ChannelRecord& record, Events wanted) {
  if (record.base == INVALID_SOCKET) record.base = AfdDevice::base_socket(record.socket);
  if (device_.open(port_) != 0) return refuse_poll(record);
  switch (device_.start(record.poll, record.base, wanted)) {
    case AfdDevice::Started::kPending:
      began(record);
      break;
    case AfdDevice::Started::kOver:
      ++found_at_once_;
      report(record, AfdDevice::events_of(record.poll), found_);
      break;
    case AfdDevice::Started::kRefused:
      refuse_poll(record);
      break;
  }
}

// The driver refuses to poll a socket that the program has closed before its handle. The handle is
// told of an error.
void IocpInterest::refuse_poll(ChannelRecord& record) {
  report(record, kReadable | kWritable | kError, found_);
}

void IocpInterest::apply_receive(ChannelRecord& record) {
  if (record.takes_turns && record.ending != nullptr) return;
  if (receives_.post(record)) began(record);
}

void IocpInterest::apply_accept(ChannelRecord& record) {
  began(record, post_accepts(record));
}

// Polls again if events are still wanted, which makes the interest level-triggered.
void IocpInterest::report(ChannelRecord& record, Events happened, ReadyList& ready) {
  Channel& channel = *record.channel;
  if (record.parked != nullptr && (happened & (kWritable | kError)) != 0) end_parked(record, ready);
  Events wanted = channel.wanted;
  if ((wanted & (kReceive | kAccept)) != 0) wanted |= kReadable;
  if (Events news = events_to_report(happened, wanted); news != kNoEvents) {
    channel.events |= news;
    ready.push_back_once(channel.ready);
  }
  if (events_to_poll(record) != kNoEvents) note(record);
}

void IocpInterest::end_parked(ChannelRecord& record, ReadyList& ready) {
  Op& op = *record.parked;
  record.parked = nullptr;
  op.pending = false;
  op.result = 0;
  if (op.kind == OpKind::kConnect) {
    op.result = socket_error(record.channel->descriptor);
    // If the socket's error has been read by somebody already, the driver's status still tells it.
    if (op.result == 0) op.result = socket_error_of(record.poll.info.status);
  }
  ready.push_back(op.ready);
}

void IocpInterest::complete_poll(Operation& operation, ReadyList& ready) {
  ChannelRecord& record = record_of_poll(operation);
  const bool was_cancelled = record.poll.state == AfdPollState::kCancelled;
  record.poll.state = AfdPollState::kIdle;
  if (is_over(record)) return free_if_unused(record);
  if (was_cancelled) restarts_ = true;
  report(record, AfdDevice::events_of(record.poll), ready);
}

void IocpInterest::complete_receive(Operation& operation, std::uint32_t size) {
  ChannelRecord& record = record_of_receive(operation);
  receives_.complete(record, operation.status(), size);
  if (is_over(record)) return free_if_unused(record);
  note(record);
  update_deliverable(record);
}

void IocpInterest::complete_accept(Operation& operation) {
  AcceptSlot& slot = object_from_member<AcceptSlot>(&operation, offsetof(AcceptSlot, operation));
  ChannelRecord& record = *slot.record;
  violet::complete_accept(slot);
  if (is_over(record)) return free_if_unused(record);
  note(record);
  update_deliverable(record);
}

bool IocpInterest::wants_turn() const {
  return !changes_.empty() || !deliverable_.empty() || !found_.empty() || found_at_once_ > 0 ||
         restarts_;
}

int IocpInterest::watch_child(Channel& channel) {
  ChannelRecord* record = record_for(channel);
  if (record == nullptr) return UV_ENOMEM;
  int error = 0;
  record->child = start_child_wait(*record, record->handle(), port_, error);
  return error;
}

void IocpInterest::complete_child(Operation& operation) {
  ChildWait& wait = object_from_member<ChildWait>(&operation, offsetof(ChildWait, operation));
  if (wait.record == nullptr) {
    port_.operation_is_over();
    return destroy(&wait);
  }
  wait.has_ended = true;
  ++ended_children_;
  update_deliverable(*wait.record);
}

void IocpInterest::name_peer(Channel& channel, int pid) {
  if (!channel.is_pipe()) return;
  if (ChannelRecord* record = record_for(channel)) record->peer = static_cast<DWORD>(pid);
}

void IocpInterest::supply_ends(Channel& channel, unsigned int count) {
  if (!channel.is_pipe()) return;
  if (ChannelRecord* record = record_for(channel)) record->ends = count;
}

}  // namespace violet
