// Interest in channels: noted at once, told to the kernel with the next wait.
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "uring/engine_class.h"

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

// Connections that came ahead would be lost to whoever else accepts from the same socket when our
// user closes it.
bool accepts_ahead(const Channel& channel) {
  return uring_support().accept && !channel.is_shared();
}

}  // namespace

int UringEngine::watch(Channel& channel, Events wanted) {
  if (channel.wanted == wanted) return 0;
  if (wanted == kNoEvents) {
    by_descriptor_[static_cast<std::size_t>(channel.descriptor)] = nullptr;
  } else if (int error = claim_descriptor(channel); error != 0) {
    return error;
  }
  channel.wanted = wanted;
  note_change(channel);
  list_if_deliverable(*record_of(channel));
  return 0;
}

ChannelRecord* UringEngine::record_of(Channel& channel) {
  return channel.record == 0 ? nullptr
                             : &channels_.at(static_cast<std::uint32_t>(channel.record) - 1);
}

// Until the channel drops its interest. Its record, and what came ahead for it, it keeps.
int UringEngine::claim_descriptor(Channel& channel) {
  const std::size_t index = static_cast<std::size_t>(channel.descriptor);
  if (index >= by_descriptor_.size()) {
    if (!by_descriptor_.reserve(index + 1 + index / 2)) return UV_ENOMEM;
    while (by_descriptor_.size() <= index)
      by_descriptor_.push_back(nullptr);
  }
  if (by_descriptor_[index] != nullptr && by_descriptor_[index] != &channel) return UV_EEXIST;
  if (record_of(channel) == nullptr && !make_record(channel)) return UV_ENOMEM;
  by_descriptor_[index] = &channel;
  return 0;
}

bool UringEngine::make_record(Channel& channel) {
  ChannelRecord* record = channels_.take();
  if (record == nullptr) return false;
  record->channel = &channel;
  record->buffers = channel.has_datagrams() ? &datagram_buffers_ : &buffers_;
  channel.record = static_cast<std::int32_t>(record->slot) + 1;
  return true;
}

// An op that the kernel works on has not met a full descriptor: on a readiness engine it would be
// over.
int UringEngine::check_unused(Descriptor descriptor) {
  const std::size_t index = static_cast<std::size_t>(descriptor);
  if (descriptor < 0) return 0;
  bool is_used = index < by_descriptor_.size() && by_descriptor_[index] != nullptr;
  ops_.for_each([&](const OpRecord& record) {
    if (record.stage == OpStage::kPolling && record.op->channel->descriptor == descriptor) {
      is_used = true;
    }
  });
  return is_used ? UV_EEXIST : 0;
}

void UringEngine::note_change(Channel& channel) {
  if (!channel.change.linked()) changes_.push_back(channel.change);
}

// Only from sockets that nobody else reads may bytes be taken before our user asks for them.
bool UringEngine::receives_ahead(const Channel& channel, const ChannelRecord& record) {
  return record.buffers->is_open() && channel.is_socket() && !channel.is_shared();
}

Events UringEngine::events_to_poll(const Channel& channel, const ChannelRecord& record) const {
  Events events = channel.wanted & (kReadable | kWritable | kDisconnect | kPriority);
  // What came ahead goes first.
  bool reads_directly =
      !receives_ahead(channel, record) ||
      (record.direct_reads > 0 && record.receive == Multishot::kOff && !record.has_news());
  if ((channel.wanted & kReceive) != 0 && reads_directly) events |= kReadable;
  if ((channel.wanted & kAccept) != 0 && !accepts_ahead(channel)) events |= kReadable;
  return events;
}

void UringEngine::apply_changes() {
  // A record that has to wait for a free buffer, or for the end of a request, stays in the list.
  List later;
  later.reset();
  while (ListNode* node = changes_.pop_front()) {
    Channel& channel = object_from_member<Channel>(node, offsetof(Channel, change));
    if (!apply_change(channel, *record_of(channel))) later.push_back(channel.change);
  }
  later.move_all_to(changes_);
}

bool UringEngine::apply_change(Channel& channel, ChannelRecord& record) {
  if ((channel.wanted & kReceive) != 0 && channel.has_datagrams() && !channel.is_shared()) {
    open_datagram_buffers();
  }
  apply_poll(channel, record);
  bool receive = (channel.wanted & kReceive) != 0 && receives_ahead(channel, record) &&
                 record.end == 0 && record.direct_reads == 0 && !record.has_copies();
  bool accept = (channel.wanted & kAccept) != 0 && accepts_ahead(channel) && record.end == 0;
  if ((channel.wanted & (kReceive | kAccept)) == 0) move_chunks_to_heap(record);
  if (receive && record.receive == Multishot::kOff) {
    if (!record.buffers->has_room()) reclaim_buffers(*record.buffers);
    if (!record.buffers->has_room()) return false;
  }
  return apply_multishot(record, record.receive, receive, Completion::kReceive) &&
         apply_multishot(record, record.accept, accept, Completion::kAccept);
}

void UringEngine::apply_poll(Channel& channel, ChannelRecord& record) {
  Events events = events_to_poll(channel, record);
  if (events == record.polled) return;
  if (record.polled != kNoEvents) {
    replace_poll(record);
    record.polls_changes = false;
  }
  if (events == kNoEvents) return;
  // One-shot and asked for again after each event: that is what makes the interest level-triggered.
  io_uring_sqe* entry = request_entry(record);
  if (entry == nullptr) return note_change(channel);
  if (record.polls_changes) {
    io_uring_prep_poll_multishot(entry, channel.descriptor, poll_bits(events));
  } else {
    io_uring_prep_poll_add(entry, channel.descriptor, poll_bits(events));
  }
  entry->user_data = key_of(record, Completion::kPoll).packed();
  record.polled = events;
}

// Its completions find that another turn has come.
void UringEngine::replace_poll(ChannelRecord& record) {
  cancel_request(record, Completion::kPoll);
  ++record.poll_turn;
  record.polled = kNoEvents;
}

// Brings one multishot request to where it should be. False when it has to be looked at again
// later.
bool UringEngine::apply_multishot(ChannelRecord& record, Multishot& state, bool wanted,
                                  Completion kind) {
  if (!wanted) {
    if (state == Multishot::kArmed) {
      cancel_request(record, kind);
      state = Multishot::kStopping;
    }
    return true;
  }
  // A request that is being stopped is asked for again when its last completion has come.
  if (state != Multishot::kOff) return true;
  io_uring_sqe* entry = request_entry(record);
  if (entry == nullptr) return false;
  if (kind == Completion::kReceive) {
    prepare_receive(*entry, record);
  } else {
    io_uring_prep_multishot_accept(entry, record.channel->descriptor, nullptr, nullptr,
                                   SOCK_NONBLOCK | SOCK_CLOEXEC);
  }
  entry->user_data = key_of(record, kind).packed();
  state = Multishot::kArmed;
  return true;
}

void UringEngine::prepare_receive(io_uring_sqe& entry, const ChannelRecord& record) {
  const Channel& channel = *record.channel;
  if (channel.has_datagrams()) {
    io_uring_prep_recvmsg_multishot(&entry, channel.descriptor, &datagram_shape_, 0);
  } else {
    io_uring_prep_recv_multishot(&entry, channel.descriptor, nullptr, 0, 0);
  }
  entry.flags |= IOSQE_BUFFER_SELECT;
  entry.buf_group = record.buffers->group();
}

Key UringEngine::key_of(const ChannelRecord& record, Completion kind) {
  std::uint8_t turn = kind == Completion::kPoll ? record.poll_turn : std::uint8_t{0};
  return {kind, turn, record.generation, record.slot};
}

// An entry for a request of a channel, counted until its last completion.
io_uring_sqe* UringEngine::request_entry(ChannelRecord& record) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return nullptr;
  ++record.in_kernel;
  return entry;
}

void UringEngine::cancel_request(const ChannelRecord& record, Completion kind) {
  io_uring_sqe* entry = ring_.next_entry();
  // Without an entry the request goes on; its completions find a record that wants nothing of them.
  if (entry == nullptr) return;
  io_uring_prep_cancel64(entry, key_of(record, kind).packed(), 0);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

void UringEngine::forget(Channel& channel) {
  const bool was_watching = channel.wanted != kNoEvents;
  channel.wanted = kNoEvents;
  channel.events = kNoEvents;
  channel.ready.link.unlink_if_linked();
  channel.change.unlink_if_linked();
  ChannelRecord* record = record_of(channel);
  if (record == nullptr) return;
  channel.record = 0;
  record->channel = nullptr;
  if (was_watching) by_descriptor_[static_cast<std::size_t>(channel.descriptor)] = nullptr;
  drop_chunks(*record);
  if (record->in_kernel == 0) {
    channels_.give_back(*record);
    return;
  }
  if (record->polled != kNoEvents) cancel_request(*record, Completion::kPoll);
  if (record->receive == Multishot::kArmed) cancel_request(*record, Completion::kReceive);
  if (record->accept == Multishot::kArmed) cancel_request(*record, Completion::kAccept);
  // A request holds the open socket. Only when it has ended does close(2) send a FIN and free the
  // port, and our user expects both at once.
  ring_.enter(0, nullptr);
}

void UringEngine::request_is_over(ChannelRecord& record) {
  if (--record.in_kernel == 0 && record.channel == nullptr) channels_.give_back(record);
}

// A poll on the ring takes files that cannot be polled for ready; epoll_ctl(2) tells which those
// are. Some regular files of the kernel's own can be. Without a descriptor to ask with, the kind
// has to do.
int UringEngine::check_pollable(Descriptor descriptor) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return last_error();
  if (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode)) return 0;
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ? UV_EPERM : 0;
  epoll_event event = {};
  const int error = epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : last_error();
  close(epoll);
  return error;
}

}  // namespace violet
