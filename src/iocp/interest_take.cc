// Handing over what the kernel delivered ahead of the owner's asking.
#include "iocp/accept_queue.h"
#include "iocp/child_wait.h"
#include "iocp/console_input.h"
#include "iocp/file.h"
#include "iocp/interest.h"
#include "iocp/ipc_frames.h"

namespace violet {
namespace {

ChannelRecord& record_of_deliverable(ListNode& node) {
  return object_from_member<ChannelRecord>(&node, offsetof(ChannelRecord, deliverable));
}

// What a pipe holds is received as soon as a read is posted. So a pipe is read again at once: bulk
// does not cost a turn of the loop for each piece, and the last output of a child is delivered
// before its end.
bool asks_again_at_once(const ChannelRecord& record) {
  return record.way == Way::kAhead && record.channel->is_pipe() &&
         (record.channel->wanted & kReceive) != 0;
}

}  // namespace

void IocpInterest::update_deliverable(ChannelRecord& record) {
  const Events wanted = record.channel->wanted;
  const bool has_news =
      ((wanted & kReceive) != 0 && record.receiver.has_news()) ||
      ((wanted & kAccept) != 0 && record.accepts_ahead() && record.accepts->has_news()) ||
      (record.child != nullptr && record.child->has_ended) ||
      (record.console != nullptr && wanted != kNoEvents && record.console->has_news) ||
      (record.folder != nullptr && record.folder->has_news);
  if (!has_news) {
    record.deliverable.unlink_if_linked();
  } else if (!record.deliverable.linked()) {
    deliverable_.push_back(record.deliverable);
  }
}

bool IocpInterest::has_news_of_pipes() const {
  for (ListNode* node = deliverable_.head.next; node != &deliverable_.head; node = node->next) {
    if (record_of_deliverable(*node).channel->is_pipe()) return true;
  }
  return false;
}

// A pipe may hold more than one read brings, all of it written before the end of a child that has
// been reported already. So the ends of children are put off until the loop's pipes have nothing
// more.
std::uint32_t IocpInterest::link_deliverable(ReadyList& ready) {
  found_.move_all_to(ready);
  std::uint32_t count = found_at_once_;
  found_at_once_ = 0;
  const bool puts_ends_off = ended_children_ > 0 && has_news_of_pipes();
  for_each_linked_now(deliverable_, [&](ListNode& node) {
    ChannelRecord& record = record_of_deliverable(node);
    Channel& channel = *record.channel;
    if (record.child != nullptr && puts_ends_off && record.child->put_off()) return;
    ++count;
    if (record.child != nullptr) {
      channel.events |= kReadable;
    } else if (record.receiver.is_readable) {
      // Received without a buffer: the owner reads the socket itself, then the next receive is
      // posted.
      record.receiver.is_readable = false;
      channel.events |= kReadable;
      note(record);
      update_deliverable(record);
    } else {
      channel.events |= kDelivered;
    }
    ready.push_back_once(channel.ready);
  });
  return count;
}

std::int64_t IocpInterest::take_from(ChannelRecord& record, void* buffer, std::size_t size) {
  if (record.channel->nature != Nature::kIpcPipe || size == 0) {
    return receives_.take(record, buffer, size);
  }
  if (record.frames == nullptr) record.frames = create<FrameReader>();
  if (record.frames == nullptr) return UV_ENOMEM;
  return record.frames->take(record, receives_, buffer, size);
}

bool IocpInterest::take_passed(Channel& channel, OwnedDescriptor& passed) {
  const ChannelRecord* record = table_.find(channel);
  return record != nullptr && record->frames != nullptr && record->frames->take_passed(passed);
}

std::int64_t IocpInterest::take(Channel& channel, void* buffer, std::size_t size) {
  ChannelRecord* record = table_.find(channel);
  if (record == nullptr) return UV_EAGAIN;
  if (record->console != nullptr) return take_typed(*record, buffer, size);
  if (record->folder != nullptr) return take_folder(*record, buffer, size);
  std::int64_t count = take_from(*record, buffer, size);
  if (count == UV_EAGAIN && asks_again_at_once(*record)) {
    apply_receive(*record);
    count = take_from(*record, buffer, size);
  }
  if (!record->receiver.has_news()) note(*record);
  update_deliverable(*record);
  return count;
}

// Accepts are posted again at once: clients that have come meanwhile are accepted by that very
// call.
int IocpInterest::take_connection(Channel& channel, OwnedDescriptor& connection) {
  ChannelRecord* record = table_.find(channel);
  if (record == nullptr || record->accepts == nullptr) return UV_EAGAIN;
  int error = violet::take_accepted(*record->accepts, connection);
  if (error == UV_EAGAIN && (channel.wanted & kAccept) != 0) {
    apply_accept(*record);
    error = violet::take_accepted(*record->accepts, connection);
  }
  note(*record);
  update_deliverable(*record);
  return error;
}

int IocpInterest::take_datagram(Channel& channel, const uv_buf_t& buffer,
                                ReceivedDatagram& received) {
  ChannelRecord* record = table_.find(channel);
  if (record == nullptr) return UV_EAGAIN;
  int error = receives_.take_datagram(*record, buffer, received);
  if (error == UV_EAGAIN && (channel.wanted & kReceive) != 0) {
    apply_receive(*record);
    error = receives_.take_datagram(*record, buffer, received);
  }
  note(*record);
  update_deliverable(*record);
  return error;
}

}  // namespace violet
