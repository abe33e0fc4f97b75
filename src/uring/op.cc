// Ops: connects and writes, put into the submission queue and sent with the next wait.
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "os/socket.h"
#include "os/socket_io.h"
#include "uring/engine_class.h"

namespace violet {
namespace {

// writev(2) and sendmsg(2) take no more.
constexpr unsigned int kMaxVector = 1024;
constexpr unsigned int kPollWritable = POLLOUT;
// Otherwise a request for which there is no room waits for it in the kernel. When the peer writes
// no more, that wait ends at once each time, until a kernel worker tries again without pause; and
// such a request cannot be cancelled (seen with 6.18).
constexpr int kSendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
// No call moves more; and a request's length has 32 bits, of which send(2) of the ring refuses the
// highest.
constexpr std::size_t kMaxBytes = 0x7ffff000;

// As many buffers as one request takes most likely are not all.
bool is_bulk(const WriteArgument& write) {
  if (write.count >= kMaxVector) return true;
  std::size_t bytes = 0;
  for (unsigned int i = 0; i < write.count && bytes < kBulk; ++i)
    bytes += write.buffers[i].len;
  return bytes >= kBulk;
}

// Pipes and terminals are non-blocking, and for those io_uring gives up with EAGAIN where a
// socket's request would wait. So they are written as a readiness engine does it.
bool is_written_directly(const Channel& channel, const WriteArgument& write) {
  return write.at_once || !channel.is_socket() || is_bulk(write);
}

// As far as there is room. False when there is none.
bool write_directly(Op& op, const WriteArgument& write) {
  const std::int64_t written = write_some(op.channel->descriptor, op.channel->is_socket(),
                                          write.buffers, write.count, write.passed_descriptor);
  if (written == UV_EAGAIN) return false;
  op.result = static_cast<std::int32_t>(written);
  return true;
}

}  // namespace

OpRecord* UringEngine::make_op_record(Op& op) {
  OpRecord* record = ops_.take();
  if (record == nullptr) return nullptr;
  record->op = &op;
  return record;
}

void UringEngine::release_op_record(OpRecord& record) {
  if (record.vector != record.inline_vector) release(record.vector);
  record.stage = OpStage::kFree;
  ops_.give_back(record);
}

bool UringEngine::copy_buffers(OpRecord& record, const uv_buf_t* buffers, unsigned int count) {
  if (count > OpRecord::kInlineBuffers) {
    record.vector = static_cast<iovec*>(allocate(count * sizeof(iovec)));
    if (record.vector == nullptr) {
      record.vector = record.inline_vector;
      return false;
    }
  }
  std::memcpy(record.vector, buffers, count * sizeof(iovec));
  record.message = {};
  record.message.msg_iov = record.vector;
  record.message.msg_iovlen = count;
  return true;
}

Submitted UringEngine::read(Op& op, const ReadArgument& read) {
  op.kind = OpKind::kRead;
  return uring_support().read ? files_.submit(op, read) : Submitted::kNeedsThreadPool;
}

Submitted UringEngine::shut_down(Op& op) {
  op.kind = OpKind::kShutDown;
  op.result = shut_down_writing(op.channel->descriptor);
  return Submitted::kDone;
}

// Asked directly, because the call that starts a connect has to return what is wrong with its
// address; only the waiting is the ring's.
Submitted UringEngine::connect(Op& op, const ConnectArgument& connect) {
  op.kind = OpKind::kConnect;
  OpRecord* record = begin_op(op);
  if (record == nullptr) return Submitted::kDone;
  op.result = connect_socket(op.channel->descriptor, connect.address, connect.length);
  const bool waits = op.result == kConnectUnderWay;
  return finish_start(op, *record, waits ? poll_for_write(*record) : Submitted::kDone);
}

Submitted UringEngine::write(Op& op, const WriteArgument& write) {
  op.kind = OpKind::kWrite;
  const bool is_direct = is_written_directly(*op.channel, write);
  if (is_direct && write_directly(op, write)) return Submitted::kDone;
  OpRecord* record = begin_op(op);
  if (record == nullptr) return Submitted::kDone;
  return finish_start(op, *record,
                      is_direct ? poll_for_write(*record) : submit_write(write, *record));
}

// Null with a result when it cannot begin.
OpRecord* UringEngine::begin_op(Op& op) {
  op.result = adopt_thread();
  if (op.result != 0) return nullptr;
  OpRecord* record = make_op_record(op);
  op.result = UV_ENOMEM;
  return record;
}

Submitted UringEngine::finish_start(Op& op, OpRecord& record, Submitted answer) {
  if (answer == Submitted::kPending) {
    op.pending = true;
    op.record = &record;
  } else {
    release_op_record(record);
  }
  return answer;
}

void UringEngine::name_op(io_uring_sqe& entry, const OpRecord& record) {
  entry.user_data = Key{Completion::kOp, 0, record.generation, record.slot}.packed();
}

// The queue is full and the kernel takes nothing of it. With no bytes written the owner submits
// again in the next iteration.
Submitted UringEngine::try_again_later(OpRecord& record) {
  record.op->result = record.op->kind == OpKind::kWrite ? 0 : UV_ENOBUFS;
  return Submitted::kDone;
}

Submitted UringEngine::submit_write(const WriteArgument& write, OpRecord& record) {
  if (write.count == 1 && write.passed_descriptor == kNoDescriptor) {
    return send_bytes(write.buffers[0], record);
  }
  if (!copy_buffers(record, write.buffers, write.count)) return Submitted::kDone;
  if (write.passed_descriptor != kNoDescriptor) pass_descriptor(record, write.passed_descriptor);
  return send_message(record);
}

// Without the copying of a message header.
Submitted UringEngine::send_bytes(const uv_buf_t& buffer, OpRecord& record) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return try_again_later(record);
  const std::size_t size = buffer.len < kMaxBytes ? buffer.len : kMaxBytes;
  io_uring_prep_send(entry, record.op->channel->descriptor, buffer.base, size, kSendFlags);
  name_op(*entry, record);
  record.stage = OpStage::kWorking;
  return Submitted::kPending;
}

Submitted UringEngine::poll_for_write(OpRecord& record, bool changes) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return try_again_later(record);
  if (changes) {
    io_uring_prep_poll_multishot(entry, record.op->channel->descriptor, kPollWritable);
  } else {
    io_uring_prep_poll_add(entry, record.op->channel->descriptor, kPollWritable);
  }
  name_op(*entry, record);
  record.stage = OpStage::kPolling;
  return Submitted::kPending;
}

Submitted UringEngine::send_message(OpRecord& record) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return try_again_later(record);
  io_uring_prep_sendmsg(entry, record.op->channel->descriptor, &record.message, kSendFlags);
  name_op(*entry, record);
  record.stage = OpStage::kWorking;
  return Submitted::kPending;
}

void UringEngine::pass_descriptor(OpRecord& record, Descriptor passed) {
  record.message.msg_control = record.control;
  record.message.msg_controllen = sizeof(record.control);
  cmsghdr* header = CMSG_FIRSTHDR(&record.message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(header), &passed, sizeof(int));
}

void UringEngine::cancel_request(const OpRecord& record) {
  io_uring_sqe* entry = ring_.next_entry();
  if (entry == nullptr) return;
  Key key = {Completion::kOp, 0, record.generation, record.slot};
  io_uring_prep_cancel64(entry, key.packed(), 0);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

bool UringEngine::cancel(Op& op) {
  op.ready.link.unlink_if_linked();
  if (!op.pending) return true;
  OpRecord& record = *static_cast<OpRecord*>(op.record);
  cancel_request(record);
  if (record.stage == OpStage::kPolling) {
    // Nothing of the caller's is in the kernel's hands.
    record.stage = OpStage::kAbandoned;
    op.pending = false;
    // Only when the poll has ended does close(2) send a FIN.
    ring_.enter(0, nullptr);
    return true;
  }
  record.stage = OpStage::kCancelled;
  // Sent on its way first, if it was not yet: what was accepted for writing goes out as far as
  // there is room, as it would have on a readiness engine. The cancel comes behind it in the queue.
  ring_.submit();
  return false;
}

bool UringEngine::complete_op(const Key& key, std::int32_t result, std::uint32_t flags,
                              ReadyList& ready) {
  OpRecord* record = ops_.find(key);
  if (record == nullptr) return false;
  const bool goes_on = (flags & IORING_CQE_F_MORE) != 0;
  if (record->stage == OpStage::kAbandoned) {
    if (!goes_on) release_op_record(*record);
    return false;
  }
  if (record->stage == OpStage::kPolling) {
    if (result == POLLRDHUP) {
      // Nobody asked: the peer writes no more. A poll that waits for changes tells it once.
      if (goes_on || poll_for_write(*record, true) == Submitted::kPending) return false;
      result = 0;
    }
    if (goes_on) cancel_request(*record);
    if (result == UV_ECANCELED) {
      // The thread that asked for the poll has ended, and its requests with it: ask again.
      if (poll_for_write(*record) == Submitted::kPending) return true;
      result = record->op->result;
    } else {
      const Op& op = *record->op;
      result = op.kind == OpKind::kConnect ? socket_error(op.channel->descriptor) : 0;
    }
  } else if (result == UV_EAGAIN && record->stage == OpStage::kWorking &&
             poll_for_write(*record) == Submitted::kPending) {
    return false;
  } else if (result == UV_EAGAIN || result == UV_EINTR ||
             (result == UV_ECANCELED && record->stage == OpStage::kWorking)) {
    result = 0;  // Nothing was sent; the owner tries again.
  }
  end_op(*record, result, ready);
  return true;
}

void UringEngine::end_op(OpRecord& record, std::int32_t result, ReadyList& ready) {
  Op& op = *record.op;
  release_op_record(record);
  op.result = result;
  op.pending = false;
  ready.push_back_once(op.ready);
}

}  // namespace violet
