#include "uring/ops.h"

#include <poll.h>
#include <uv.h>

#include <cassert>
#include <cstring>

#include "base/allocator.h"
#include "os/socket.h"
#include "os/socket_io.h"
#include "uring/bulk.h"

namespace violet {
namespace {

// writev(2) and sendmsg(2) take no more.
constexpr unsigned int kMaxVector = 1024;
constexpr unsigned int kPollWritable = POLLOUT;
// Without MSG_DONTWAIT a send that finds no room waits in the kernel. If the peer has shut down its
// writing side, that wait ends at once each time, and a kernel worker retries without pause; such a
// request cannot be cancelled either (seen with 6.18).
constexpr int kSendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
// The result of a write that could not be made: the owner tries again.
constexpr std::int32_t kNoBytes = 0;

// If a request has as many buffers as it can take, there most likely are more.
bool is_bulk(const WriteArgument& write) {
  if (write.count >= kMaxVector) return true;
  std::size_t bytes = 0;
  for (unsigned int i = 0; i < write.count && bytes < kBulk; ++i)
    bytes += write.buffers[i].len;
  return bytes >= kBulk;
}

// Bulk is written at once. So are pipes and terminals, which are non-blocking: for those io_uring
// answers EAGAIN where a socket's request would wait, so they are written as on a readiness engine.
bool is_written_directly(const Channel& channel, const WriteArgument& write) {
  return write.at_once || !channel.is_socket() || is_bulk(write);
}

void pass_descriptor(OpRecord& record, int passed) {
  record.message.msg_control = record.control;
  record.message.msg_controllen = sizeof(record.control);
  cmsghdr* header = CMSG_FIRSTHDR(&record.message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &passed, sizeof(int));
}

Key key_of(const OpRecord& record) {
  return {Completion::kOp, 0, record.generation, record.slot};
}

int socket_of(const OpRecord& record) {
  return record.op->channel->descriptor.native();
}

std::size_t index_of(const OpRecord& record) {
  return static_cast<std::size_t>(socket_of(record));
}

// The kernel reports an error together with writability; which error it is has to be asked of the
// socket.
std::int32_t connect_result(const Op& op, std::int32_t polled) {
  const bool is_connected = polled >= 0 && (polled & (POLLERR | POLLHUP)) == 0;
  return is_connected ? 0 : socket_error(op.channel->descriptor);
}

// The result when the queue is full and the kernel takes nothing of it. A write ends with no bytes,
// so its owner submits it again in the next iteration.
std::int32_t result_without_entry(const Op& op) {
  return op.kind == OpKind::kWrite ? kNoBytes : UV_ENOBUFS;
}

}  // namespace

bool OpRecord::copy_message(const WriteArgument& write) {
  if (write.count > kInlineBuffers) {
    auto* allocated = static_cast<iovec*>(allocate(write.count * sizeof(iovec)));
    if (allocated == nullptr) return false;
    vector = allocated;
  }
  std::memcpy(vector, write.buffers, write.count * sizeof(iovec));
  message = {};
  message.msg_iov = vector;
  message.msg_iovlen = write.count;
  if (write.passed_descriptor.is_open()) pass_descriptor(*this, write.passed_descriptor.native());
  bytes = 0;
  for (unsigned int i = 0; i < write.count; ++i)
    bytes += static_cast<std::uint32_t>(vector[i].iov_len);
  return true;
}

void OpRecord::release_vector() {
  if (vector != inline_vector) release(vector);
  vector = inline_vector;
}

UringOps::FirstTry UringOps::try_directly(Op& op, const WriteArgument& write) {
  if (!is_written_directly(*op.channel, write)) return FirstTry::kNotMade;
  const std::int64_t written = write_what_fits(op.channel->descriptor, op.channel->is_socket(),
                                               write.buffers, write.count, write.passed_descriptor);
  if (written == UV_EAGAIN) return FirstTry::kNoRoom;
  op.result = static_cast<std::int32_t>(written);
  return FirstTry::kWritten;
}

// A single buffer is sent by SEND, which needs no copy of a message header.
Submitted UringOps::send(Op& op, const WriteArgument& write) {
  OpRecord* record = begin(op);
  if (record == nullptr) return Submitted::kDone;
  const bool is_message = write.count != 1 || write.passed_descriptor.is_open();
  if (is_message && !record->copy_message(write)) return give_up(*record, UV_ENOMEM);
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return give_up(*record, kNoBytes);
  if (is_message) {
    io_uring_prep_sendmsg(entry, socket_of(*record), &record->message, kSendFlags);
  } else {
    const uv_buf_t& buffer = write.buffers[0];
    io_uring_prep_send(entry, socket_of(*record), buffer.base, buffer.len, kSendFlags);
    record->bytes = static_cast<std::uint32_t>(buffer.len);
  }
  assert(record->bytes < kBulk);
  entry->user_data = key_of(*record).packed();
  return leave_to_kernel(*record, OpStage::kSending);
}

bool UringOps::complete_send(OpRecord& record, std::int32_t result, ReadyList& ready) {
  const bool is_cancelled = record.stage == OpStage::kCancelled;
  if (result == UV_EAGAIN && !is_cancelled && poll(record, PollFor::kState)) return false;
  const bool sent_nothing =
      result == UV_EAGAIN || result == UV_EINTR || (result == UV_ECANCELED && !is_cancelled);
  end(record, sent_nothing ? kNoBytes : result, ready);
  return true;
}

Submitted UringOps::await_room(Op& op) {
  OpRecord* record = begin(op);
  return record == nullptr ? Submitted::kDone : await_writable(*record);
}

// connect(2) is called directly, because uv_tcp_connect() has to return what is wrong with the
// address. Only the wait for its end is done by the ring.
Submitted UringOps::connect(Op& op, const ConnectArgument& connect) {
  OpRecord* record = begin(op);
  if (record == nullptr) return Submitted::kDone;
  const int result = connect_socket(op.channel->descriptor, connect.address, connect.length);
  return result == kConnectUnderWay ? await_writable(*record) : give_up(*record, result);
}

std::int64_t UringOps::write_now(Channel& channel, const WriteArgument& write, WhenFull when_full) {
  const auto write_here = when_full == WhenFull::kWait ? write_some_or_wait : write_what_fits;
  return write_here(channel.descriptor, channel.is_socket(), write.buffers, write.count,
                    write.passed_descriptor);
}

Submitted UringOps::shut_down(Op& op) {
  op.result = shut_down_writing(op.channel->descriptor);
  return Submitted::kDone;
}

// Null when out of memory; then the op has that result.
OpRecord* UringOps::begin(Op& op) {
  assert(!op.pending && !op.ready.link.linked());
  OpRecord* record = records_.take();
  op.result = UV_ENOMEM;
  if (record != nullptr) record->op = &op;
  return record;
}

// To be called before an op waits for room: makes room for its descriptor in `polling_`. False when
// out of memory.
bool UringOps::reserve_count(const OpRecord& record) {
  const std::size_t index = index_of(record);
  if (index >= polling_.capacity() && !polling_.reserve(index + 1 + index / 2)) return false;
  while (polling_.size() <= index)
    polling_.push_back(0);
  return true;
}

// Counts the ops that poll a descriptor. The record's op, and with it the descriptor, is valid
// until the record is abandoned.
void UringOps::enter_stage(OpRecord& record, OpStage stage) {
  if (record.stage == OpStage::kPolling) --polling_[index_of(record)];
  if (stage == OpStage::kPolling) ++polling_[index_of(record)];
  record.stage = stage;
}

Submitted UringOps::leave_to_kernel(OpRecord& record, OpStage stage) {
  enter_stage(record, stage);
  record.op->pending = true;
  record.op->record = &record;
  return Submitted::kPending;
}

Submitted UringOps::give_up(OpRecord& record, std::int32_t result) {
  record.op->result = result;
  release_record(record);
  return Submitted::kDone;
}

void UringOps::end(OpRecord& record, std::int32_t result, ReadyList& ready) {
  Op& op = *record.op;
  assert(op.pending && op.record == &record);
  release_record(record);
  op.result = result;
  op.pending = false;
  ready.push_back_once(op.ready);
}

void UringOps::release_record(OpRecord& record) {
  record.release_vector();
  enter_stage(record, OpStage::kFree);
  records_.give_back(record);
}

Submitted UringOps::await_writable(OpRecord& record) {
  if (!reserve_count(record)) return give_up(record, UV_ENOMEM);
  if (!poll(record, PollFor::kState)) return give_up(record, result_without_entry(*record.op));
  return leave_to_kernel(record, OpStage::kPolling);
}

bool UringOps::poll(OpRecord& record, PollFor what) {
  if (!reserve_count(record)) return false;
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return false;
  if (what == PollFor::kChanges) {
    io_uring_prep_poll_multishot(entry, socket_of(record), kPollWritable);
  } else {
    io_uring_prep_poll_add(entry, socket_of(record), kPollWritable);
  }
  entry->user_data = key_of(record).packed();
  enter_stage(record, OpStage::kPolling);
  return true;
}

bool UringOps::complete_poll(OpRecord& record, std::int32_t result, bool goes_on,
                             ReadyList& ready) {
  const Op& op = *record.op;
  if (result == POLLRDHUP) {
    // Reported although not asked for: the peer has shut down its writing side. A multishot poll
    // reports that only once, so it replaces this one.
    if (goes_on || poll(record, PollFor::kChanges)) return false;
    result = 0;
  }
  if (goes_on) cancel_request(record);
  if (result == UV_ECANCELED) {
    // The thread that asked for the poll has ended, and its requests with it: ask again.
    if (poll(record, PollFor::kState)) return true;
    result = result_without_entry(op);
  } else {
    result = op.kind == OpKind::kConnect ? connect_result(op, result) : kNoBytes;
  }
  end(record, result, ready);
  return true;
}

bool UringOps::complete(const Key& key, std::int32_t result, std::uint32_t flags,
                        ReadyList& ready) {
  OpRecord* record = records_.find(key);
  if (record == nullptr) return false;
  const bool goes_on = (flags & IORING_CQE_F_MORE) != 0;
  switch (record->stage) {
    case OpStage::kFree:
      assert(false && "a record that was given back is of another generation");
      return false;
    case OpStage::kSending:
    case OpStage::kCancelled:
      return complete_send(*record, result, ready);
    case OpStage::kPolling:
      return complete_poll(*record, result, goes_on, ready);
    case OpStage::kAbandoned:
      if (!goes_on) release_record(*record);
      return false;
  }
  return false;
}

bool UringOps::cancel(Op& op) {
  op.ready.link.unlink_if_linked();
  if (!op.pending) return true;
  OpRecord& record = *static_cast<OpRecord*>(op.record);
  assert(record.op == &op);
  cancel_request(record);
  if (record.stage == OpStage::kPolling) {
    // The kernel uses no memory of the caller for a poll, so the op is over now.
    enter_stage(record, OpStage::kAbandoned);
    op.pending = false;
    op.result = UV_ECANCELED;
    // Submitted now: close(2) sends a FIN only when the poll has ended.
    ring_.enter(0, nullptr);
    return true;
  }
  record.stage = OpStage::kCancelled;
  // A send that is still in our queue is submitted before the cancel behind it: what was accepted
  // for writing goes out as far as there is room, as on a readiness engine.
  ring_.submit();
  return false;
}

void UringOps::cancel_request(const OpRecord& record) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return;
  io_uring_prep_cancel64(entry, key_of(record).packed(), 0);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

bool UringOps::waits_for(Descriptor descriptor) const {
  const auto index = static_cast<std::size_t>(descriptor.native());
  return index < polling_.size() && polling_[index] > 0;
}

// In a forked child. The parent has the same queue and sends what is in it, so the child must not
// send it again: here those sends have ended.
void UringOps::leave_parent(ReadyList& ready) {
  records_.for_each([&](OpRecord& record) {
    if (record.stage == OpStage::kSending) {
      end(record, static_cast<std::int32_t>(record.bytes), ready);
    }
  });
}

// On a new ring. Sends that were under way are replaced by a poll for writability, after which
// their owners submit what is left.
void UringOps::resume(ReadyList& ready) {
  records_.for_each([&](OpRecord& record) {
    switch (record.stage) {
      case OpStage::kFree:
        break;
      case OpStage::kAbandoned:
        release_record(record);
        break;
      case OpStage::kCancelled:
        end(record, UV_ECANCELED, ready);
        break;
      case OpStage::kSending:
      case OpStage::kPolling:
        if (!poll(record, PollFor::kState)) end(record, result_without_entry(*record.op), ready);
        break;
    }
  });
}

}  // namespace violet
