#include "iocp/pipe_ops.h"

#include <algorithm>
#include <cstring>

#include "base/allocator.h"
#include "iocp/channel_record.h"
#include "iocp/ipc_frames.h"
#include "iocp/pipe_status.h"
#include "iocp/pipe_thread.h"
#include "iocp/socket_status.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

void finish(Op& op, std::int32_t result, ReadyList& ready) {
  op.pending = false;
  op.record = nullptr;
  op.result = result;
  ready.push_back(op.ready);
}

constexpr int kOpenedLater = 1;
constexpr int kWrittenLater = 1;

// How many bytes of several buffers are copied into one piece at most: as much as the system
// buffers for a pipe.
constexpr std::uint32_t kMostCopied = kPipeBufferSize;

Submitted over(Op& op, std::int64_t result) {
  op.result = static_cast<std::int32_t>(result);
  return Submitted::kDone;
}

bool is_ipc(const ChannelRecord& record) {
  return record.channel->nature == Nature::kIpcPipe;
}

std::uint64_t total_of(const WriteArgument& write) {
  std::uint64_t total = 0;
  for (unsigned int i = 0; i < write.count; ++i)
    total += write.buffers[i].len;
  return total;
}

// The buffer to write without a copy: the first with bytes, if it is the only one or large enough
// to go by itself. Null if several have to be put together, since WriteFile() takes one.
const uv_buf_t* single_buffer(const WriteArgument& write, std::uint64_t total) {
  for (unsigned int i = 0; i < write.count; ++i) {
    const uv_buf_t& buffer = write.buffers[i];
    if (buffer.len == 0) continue;
    return buffer.len == total || buffer.len >= kMostCopied ? &buffer : nullptr;
  }
  return nullptr;
}

void copy_bytes(const WriteArgument& write, char* target, std::size_t room) {
  for (unsigned int i = 0; i < write.count && room > 0; ++i) {
    const std::size_t count = std::min<std::size_t>(write.buffers[i].len, room);
    if (count > 0) std::memcpy(target, write.buffers[i].base, count);
    target += count;
    room -= count;
  }
}

// The process that has the other end: the one we were told (name_peer()), else the one that opened
// or made it.
DWORD peer_of(const ChannelRecord& record) {
  if (record.peer != 0) return record.peer;
  ULONG pid = 0;
  if (is_server_end(record.handle())) {
    GetNamedPipeClientProcessId(record.handle(), &pid);
  } else {
    GetNamedPipeServerProcessId(record.handle(), &pid);
  }
  return pid;
}

// True while a thread writes what was taken before. Another write has to wait for it: threads,
// unlike overlapped writes, keep no order among each other.
bool is_written_by_thread(const ChannelRecord& record) {
  return record.behind != nullptr && record.behind->call != nullptr;
}

// True while what was taken before is not written yet, which counts as having no room.
bool is_full(const ChannelRecord& record) {
  if (record.behind == nullptr) return false;
  return record.behind->call == nullptr || !await_waiting_call(*record.behind->call, 0);
}

// The result of a thread's write that has ended: bytes of the program, or an error.
std::int32_t result_of(const PipeOperation& operation) {
  if (int error = pipe_write_error(operation.operation.status()); error != 0) return error;
  const auto size = static_cast<std::int32_t>(operation.operation.overlapped.InternalHigh);
  return size - static_cast<std::int32_t>(operation.head);
}

}  // namespace

PipeOps::~PipeOps() {
  while (free_ != nullptr) {
    PipeOperation* next = free_->next_free;
    destroy(free_);
    free_ = next;
  }
}

PipeOperation* PipeOps::begin(PipeOperation::Step step) {
  PipeOperation* operation = free_;
  if (operation != nullptr) {
    free_ = operation->next_free;
  } else {
    operation = create<PipeOperation>();
    if (operation == nullptr) return nullptr;
  }
  operation->operation.prepare(OperationKind::kPipe);
  operation->step = step;
  operation->op = operation->follower = nullptr;
  operation->ends_after = false;
  operation->channel = nullptr;
  operation->copy = nullptr;
  operation->size = operation->head = operation->peer = 0;
  operation->call = nullptr;
  return operation;
}

void PipeOps::release(PipeOperation& operation) {
  destroy(operation.call);
  violet::release(operation.copy);
  operation.kept.close();
  operation.next_free = free_;
  free_ = &operation;
}

Submitted PipeOps::connect(Op& op, const ConnectArgument& connect) {
  op.kind = OpKind::kConnect;
  Channel& channel = *op.channel;
  if (channel.descriptor.is_open()) return over(op, UV_EISCONN);
  PipeOperation* operation = begin(PipeOperation::Step::kOpening);
  if (operation == nullptr) return over(op, UV_ENOMEM);
  std::memcpy(operation->name.text, connect.address, connect.length);
  const int outcome = open_or_wait(*operation, channel);
  if (outcome != kOpenedLater) {
    release(*operation);
    return over(op, outcome);
  }
  operation->op = &op;
  op.record = operation;
  op.pending = true;
  port_.operation_began();
  return Submitted::kPending;
}

// In a loop, because somebody else may open a free instance before we do.
int PipeOps::open_or_wait(PipeOperation& operation, Channel& channel) {
  for (;;) {
    OwnedHandle opened;
    const int error = open_client(operation.name.text, opened);
    if (error == 0) {
      interest_.give_descriptor(
          channel, Descriptor::of(reinterpret_cast<Descriptor::Native>(opened.take())));
      return 0;
    }
    if (error != UV_EBUSY) return error;
    if (int refused = device_.open(port_); refused != 0) return refused;
    operation.operation.prepare(OperationKind::kPipe);
    const long status = device_.wait_for_instance(operation);
    if (status == STATUS_PENDING || (status >= 0 && !device_.skips_packets())) return kOpenedLater;
    if (status < 0) return error_from_status(status);
  }
}

// Puts together what is to be written, as `operation.copy`: a frame, or a copy of the buffers. 0 or
// a negative UV_E*.
int PipeOps::prepare_copy(PipeOperation& operation, ChannelRecord& record,
                          const WriteArgument& write, const char*& bytes) {
  const std::uint64_t total = total_of(write);
  const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(total, kMostCopied));
  Frame frame;
  operation.head = 0;
  if (is_ipc(record)) {
    operation.peer = write.passed_descriptor.is_open() ? peer_of(record) : 0;
    const int error = make_frame(frame, count, write.passed_descriptor, operation.peer);
    if (error != 0) return error;
    operation.head = static_cast<DWORD>(frame.head_size());
  } else if (write.passed_descriptor.is_open()) {
    return UV_EINVAL;
  }
  operation.size = operation.head + count;
  operation.copy = static_cast<char*>(allocate(operation.size));
  if (operation.copy == nullptr) {
    if (operation.peer != 0) discard_frame(frame, operation.peer);
    return UV_ENOMEM;
  }
  std::memcpy(operation.copy, &frame, operation.head);
  copy_bytes(write, operation.copy + operation.head, count);
  bytes = operation.copy;
  return 0;
}

// The same for a pipe without frames: without a copy where the buffers allow it.
int PipeOps::prepare_in_place(PipeOperation& operation, ChannelRecord& record,
                              const WriteArgument& write, const char*& bytes) {
  const uv_buf_t* single = single_buffer(write, total_of(write));
  if (single == nullptr) return prepare_copy(operation, record, write, bytes);
  bytes = single->base;
  operation.size = std::min<DWORD>(single->len, INT32_MAX);
  return 0;
}

// For a write of which nothing was written, nor will be.
void PipeOps::discard_write(const PipeOperation& operation) {
  if (operation.peer == 0 || operation.copy == nullptr) return;
  Frame frame;
  std::memcpy(&frame, operation.copy, operation.head);
  discard_frame(frame, operation.peer);
}

// 0 when it is over, kWrittenLater when its packet will come, or a negative UV_E*.
int PipeOps::start_write(PipeOperation& operation, ChannelRecord& record, const char* bytes) {
  operation.pipe = record.handle();
  if (record.way == Way::kThreads) {
    int error = 0;
    operation.call = start_waiting_call(
        {WaitingCallKind::kWrite, &operation.operation, const_cast<char*>(bytes), operation.size},
        record.handle(), port_, error);
    if (operation.call == nullptr) return error;
  } else {
    const BOOL is_over =
        WriteFile(operation.pipe, bytes, operation.size, nullptr, &operation.operation.overlapped);
    const DWORD code = is_over ? 0 : GetLastError();
    if (!packet_comes(code, record.skips_packets)) {
      return code == 0 ? 0 : pipe_write_error(status_of_error(code));
    }
  }
  port_.operation_began();
  return kWrittenLater;
}

// An empty write is not made: on a pipe it would tell the reader of the end.
Submitted PipeOps::write(Op& op, const WriteArgument& write) {
  op.kind = OpKind::kWrite;
  ChannelRecord* record = interest_.record_for(*op.channel);
  if (record == nullptr) return over(op, UV_ENOMEM);
  const std::uint64_t total = total_of(write);
  if (total == 0 && !write.passed_descriptor.is_open()) return over(op, 0);
  interest_.works_ahead(*record);
  if (is_written_by_thread(*record)) {
    record->behind->follower = &op;
    op.record = record->behind;
    op.pending = true;
    return Submitted::kPending;
  }
  if (record->takes_turns) return write_in_turn(op, *record, write);
  PipeOperation* operation = begin(PipeOperation::Step::kWriting);
  if (operation == nullptr) return over(op, UV_ENOMEM);
  // What a thread writes is a copy, which can be left to it when nobody wants to wait any longer.
  const bool needs_copy = is_ipc(*record) || record->way == Way::kThreads;
  const char* bytes = nullptr;
  int error = needs_copy ? prepare_copy(*operation, *record, write, bytes)
                         : prepare_in_place(*operation, *record, write, bytes);
  if (error == 0) error = start_write(*operation, *record, bytes);
  if (error == kWrittenLater) {
    operation->op = &op;
    op.record = operation;
    op.pending = true;
    return Submitted::kPending;
  }
  const std::int64_t result = error == 0 ? operation->size - operation->head : error;
  if (error != 0) discard_write(*operation);
  release(*operation);
  return over(op, result);
}

// A frame has to be written as a whole, so an IPC pipe waits for room.
std::int64_t PipeOps::write_between_reads(ChannelRecord& record, const WriteArgument& write,
                                          WhenFull when_full) {
  if (is_ipc(record)) when_full = WhenFull::kWait;
  if (!IocpInterest::interrupt_read(record, when_full)) return UV_EAGAIN;
  PipeOperation* operation = begin(PipeOperation::Step::kWriting);
  if (operation == nullptr) return UV_ENOMEM;
  const char* bytes = nullptr;
  std::int64_t result = is_ipc(record) ? prepare_copy(*operation, record, write, bytes)
                                       : prepare_in_place(*operation, record, write, bytes);
  if (result == 0) {
    result = write_to_pipe(record.handle(), bytes, operation->size,
                           when_full == WhenFull::kWait ? PipeWait::kUntilDone : PipeWait::kNoRoom);
  }
  if (result > 0) result -= operation->head;
  release(*operation);
  return result;
}

// What the pipe has no room for is written in the background: Windows has no way to ask for room,
// and a write that was begun cannot be taken back in part.
std::int64_t PipeOps::write_now(Channel& channel, const WriteArgument& write, WhenFull when_full) {
  ChannelRecord* record = interest_.record_for(channel);
  if (record == nullptr) return UV_ENOMEM;
  if (total_of(write) == 0 && !write.passed_descriptor.is_open()) return 0;
  interest_.works_ahead(*record);
  if (when_full == WhenFull::kGiveUp && is_full(*record)) return UV_EAGAIN;
  if (is_written_by_thread(*record)) await_waiting_call(*record->behind->call, INFINITE);
  if (record->takes_turns) return write_between_reads(*record, write, when_full);
  PipeOperation* operation = begin(PipeOperation::Step::kWriting);
  if (operation == nullptr) return UV_ENOMEM;
  const char* bytes = nullptr;
  std::int64_t result = prepare_copy(*operation, *record, write, bytes);
  const std::int64_t taken = operation->size - operation->head;
  if (result == 0 && when_full == WhenFull::kWait) {
    result = write_to_pipe(record->handle(), bytes, operation->size, PipeWait::kUntilDone);
    if (result > 0) result = 0;
  } else if (result == 0) {
    result = start_write(*operation, *record, bytes);
    if (result == kWrittenLater) {
      // An earlier one is written (is_full() was false), and only its packet is still to come.
      if (record->behind != nullptr) record->behind->channel = nullptr;
      operation->channel = record;
      record->behind = operation;
      return taken;
    }
    if (result != 0) discard_write(*operation);
  }
  release(*operation);
  return result == 0 ? taken : result;
}

// The end is told in the background, too: that has to wait until the other side has read
// everything, which may be never.
Submitted PipeOps::shut_down(Op& op) {
  op.kind = OpKind::kShutDown;
  ChannelRecord* record = interest_.record_for(*op.channel);
  if (record == nullptr) return over(op, UV_ENOMEM);
  interest_.works_ahead(*record);
  if (is_written_by_thread(*record)) {
    record->behind->ends_after = true;
    return over(op, 0);
  }
  return over(op, record->takes_turns ? start_ending_in_turn(*record) : start_ending(*record));
}

int PipeOps::start_ending(ChannelRecord& record) {
  PipeOperation* operation = begin(PipeOperation::Step::kEnding);
  if (operation == nullptr) return UV_ENOMEM;
  int error = 0;
  operation->call = start_waiting_call({WaitingCallKind::kEnd, &operation->operation, nullptr, 0},
                                       record.handle(), port_, error);
  if (error != 0) {
    release(*operation);
    return error;
  }
  port_.operation_began();
  operation->channel = &record;
  record.ending = operation;
  return 0;
}

bool PipeOps::cancel(Op& op) {
  if (!op.pending) return true;
  if (op.record == nullptr) {
    ChannelRecord& record = *interest_.find(*op.channel);
    turns_.end_pause(record);
    record.turn.op = nullptr;
    op.pending = false;
    op.result = 0;
    return true;
  }
  PipeOperation& operation = *static_cast<PipeOperation*>(op.record);
  const bool is_opening = operation.step == PipeOperation::Step::kOpening;
  if (!is_opening && operation.call == nullptr) {
    CancelIoEx(operation.pipe, &operation.operation.overlapped);
    return false;
  }
  // The kernel uses no memory of the program here, so the op is over without waiting for the
  // packet.
  op.pending = false;
  op.result = UV_ECANCELED;
  if (operation.follower == &op) {
    operation.follower = nullptr;
    // The write that this op waited for has ended: there is room, but nothing of this op is
    // written.
    if (await_waiting_call(*operation.call, kMomentForWrites)) op.result = 0;
    return true;
  }
  operation.op = nullptr;
  if (is_opening) {
    device_.cancel(operation);
  } else if (cancel_waiting_call(*operation.call)) {
    op.result = result_of(operation);
  }
  return true;
}

void PipeOps::leave(Channel& channel) {
  ChannelRecord* record = interest_.find(channel);
  if (record == nullptr) return;
  turns_.end_pause(*record);
  if (PipeOperation* behind = record->behind; behind != nullptr) {
    const HANDLE self = GetCurrentProcess();
    behind->channel = nullptr;
    if (behind->call != nullptr) {
      // Gives the thread a moment to write, because the process may end next, and its threads with
      // it.
      await_waiting_call(*behind->call, kMomentForWrites);
    } else {
      DuplicateHandle(self, behind->pipe, self, behind->kept.to_fill(), 0, FALSE,
                      DUPLICATE_SAME_ACCESS);
    }
  }
  // No need to wait until the other side is told of the end: it finds our end closed after the last
  // byte.
  if (record->ending != nullptr) {
    record->ending->channel = nullptr;
    cancel_waiting_call(*record->ending->call);
  }
  record->behind = record->ending = nullptr;
}

void PipeOps::complete(Operation& packet, std::uint32_t size, ReadyList& ready) {
  PipeOperation& operation =
      object_from_member<PipeOperation>(&packet, offsetof(PipeOperation, operation));
  const LONG status = packet.status();
  port_.operation_is_over();
  switch (operation.step) {
    case PipeOperation::Step::kOpening: {
      if (operation.op == nullptr) return release(operation);
      int outcome = socket_error_of(status);
      if (outcome == 0) {
        outcome = open_or_wait(operation, *operation.op->channel);
        if (outcome == kOpenedLater) return port_.operation_began();
      }
      return end(operation, outcome, ready);
    }
    case PipeOperation::Step::kWriting: {
      if (ChannelRecord* record = operation.channel; record != nullptr) {
        if (record->behind == &operation) record->behind = nullptr;
        // An error of start_ending() is ignored: shut_down() has returned long ago, and if it fails
        // there is nobody to read the end either.
        if (operation.ends_after && record->takes_turns) start_ending_in_turn(*record);
        if (operation.ends_after && !record->takes_turns) start_ending(*record);
      }
      if (operation.follower != nullptr) finish(*operation.follower, 0, ready);
      const int error = pipe_write_error(status);
      return end(operation, error != 0 ? error : static_cast<std::int32_t>(size - operation.head),
                 ready);
    }
    case PipeOperation::Step::kEnding:
      if (operation.channel != nullptr) complete_ending(*operation.channel, status);
      return release(operation);
  }
}

void PipeOps::end(PipeOperation& operation, std::int32_t result, ReadyList& ready) {
  if (operation.op != nullptr) finish(*operation.op, result, ready);
  release(operation);
}

}  // namespace violet
