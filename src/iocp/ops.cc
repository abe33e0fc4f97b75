#include "iocp/ops.h"

#include <cassert>

#include "base/allocator.h"
#include "iocp/channel_record.h"
#include "iocp/connect_address.h"
#include "iocp/extension_functions.h"
#include "iocp/socket_status.h"
#include "os/socket.h"
#include "os/socket_io.h"
#include "os/windows/socket_buffers.h"
#include "os/windows/unbound_socket.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

Submitted over(Op& op, std::int64_t result) {
  op.result = static_cast<std::int32_t>(result);
  return Submitted::kDone;
}

// Only after this do getsockname(), getpeername() and shutdown() work on the socket.
void adopt_connection(SOCKET socket) {
  setsockopt(socket, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, nullptr, 0);
}

// How many of the buffers one call can send: it counts in 32 bits, and our results have 31.
unsigned int count_that_fits(const WriteArgument& write) {
  constexpr std::uint64_t kMost = INT32_MAX;
  std::uint64_t bytes = 0;
  unsigned int count = 0;
  while (count < write.count && bytes + write.buffers[count].len <= kMost)
    bytes += write.buffers[count++].len;
  return count;
}

}  // namespace

IocpOps::~IocpOps() {
  while (free_ != nullptr) {
    OpRecord* next = free_->next_free;
    destroy(free_);
    free_ = next;
  }
}

OpRecord* IocpOps::begin(Op& op, SOCKET socket) {
  OpRecord* record = free_;
  if (record != nullptr) {
    free_ = record->next_free;
  } else {
    record = create<OpRecord>();
    if (record == nullptr) return nullptr;
  }
  record->operation.prepare(OperationKind::kOp);
  record->op = &op;
  record->socket = socket;
  return record;
}

void IocpOps::release(OpRecord& record) {
  record.op = nullptr;
  record.next_free = free_;
  free_ = &record;
}

// Looks at the result of the call that started the operation.
Submitted IocpOps::settle(OpRecord& record, int system_error, bool skips_packets,
                          std::uint32_t size) {
  Op& op = *record.op;
  if (packet_comes(static_cast<DWORD>(system_error), skips_packets)) {
    op.pending = true;
    op.record = &record;
    port_.operation_began();
    return Submitted::kPending;
  }
  const SOCKET socket = record.socket;
  release(record);
  if (system_error != 0) {
    return over(op, error_from_windows(static_cast<unsigned long>(system_error)));
  }
  if (op.kind == OpKind::kConnect) adopt_connection(socket);
  return over(op, size);
}

Submitted IocpOps::connect(Op& op, const ConnectArgument& connect) {
  op.kind = OpKind::kConnect;
  ChannelRecord* channel = interest_.record_for(*op.channel);
  if (channel == nullptr) return over(op, UV_ENOMEM);
  sockaddr_storage local;
  const ConnectArgument reachable = {reachable_address(connect.address, local), connect.length};
  const bool by_kernel =
      extension_functions().connect != nullptr && interest_.works_ahead(*channel);
  return by_kernel ? connect_by_kernel(*channel, op, reachable)
                   : connect_and_park(*channel, op, reachable);
}

Submitted IocpOps::connect_by_kernel(ChannelRecord& channel, Op& op,
                                     const ConnectArgument& connect) {
  if (int error = bind_if_unbound(channel.socket, connect.address->sa_family); error != 0) {
    return over(op, error);
  }
  OpRecord* record = begin(op, channel.socket);
  if (record == nullptr) return over(op, UV_ENOMEM);
  const BOOL is_over = extension_functions().connect(channel.socket, connect.address,
                                                     static_cast<int>(connect.length), nullptr, 0,
                                                     nullptr, &record->operation.overlapped);
  return settle(*record, is_over ? 0 : WSAGetLastError(), channel.skips_packets, 0);
}

Submitted IocpOps::connect_and_park(ChannelRecord& channel, Op& op,
                                    const ConnectArgument& connect) {
  const int result = connect_socket(op.channel->descriptor, connect.address, connect.length);
  if (result != kConnectUnderWay) return over(op, result);
  interest_.park(channel, op);
  return Submitted::kPending;
}

Submitted IocpOps::write(Op& op, const WriteArgument& write) {
  op.kind = OpKind::kWrite;
  ChannelRecord* channel = interest_.record_for(*op.channel);
  if (channel == nullptr) return over(op, UV_ENOMEM);
  if (write.passed_descriptor.is_open()) return over(op, UV_ENOTSUP);
  return interest_.works_ahead(*channel) ? send(*channel, op, write)
                                         : write_and_park(*channel, op, write);
}

Submitted IocpOps::send(ChannelRecord& channel, Op& op, const WriteArgument& write) {
  const unsigned int count = count_that_fits(write);
  // The first buffer alone is too large for one call: as much of it as fits is written.
  if (count == 0) return write_and_park(channel, op, write);
  OpRecord* record = begin(op, channel.socket);
  if (record == nullptr) return over(op, UV_ENOMEM);
  DWORD sent = 0;
  const int result = WSASend(channel.socket, system_buffers(write.buffers), count, &sent, 0,
                             &record->operation.overlapped, nullptr);
  return settle(*record, result == 0 ? 0 : WSAGetLastError(), channel.skips_packets, sent);
}

Submitted IocpOps::write_and_park(ChannelRecord& channel, Op& op, const WriteArgument& write) {
  const std::int64_t result = write_some(op.channel->descriptor, op.channel->is_socket(),
                                         write.buffers, write.count, write.passed_descriptor);
  if (result != UV_EAGAIN) return over(op, result);
  interest_.park(channel, op);
  return Submitted::kPending;
}

std::int64_t IocpOps::write_now(Channel& channel, const WriteArgument& write, WhenFull when_full) {
  const auto write_here = when_full == WhenFull::kWait ? write_some_or_wait : write_what_fits;
  return write_here(channel.descriptor, channel.is_socket(), write.buffers, write.count,
                    write.passed_descriptor);
}

Submitted IocpOps::shut_down(Op& op) {
  op.kind = OpKind::kShutDown;
  // Shutting down a console does nothing: what was written to it is there already.
  if (op.channel->nature == Nature::kTerminal) return over(op, 0);
  return over(op, shut_down_writing(op.channel->descriptor));
}

bool IocpOps::cancel(Op& op) {
  if (!op.pending || interest_.unpark(op)) return true;
  OpRecord& record = *static_cast<OpRecord*>(op.record);
  CancelIoEx(reinterpret_cast<HANDLE>(record.socket), &record.operation.overlapped);
  return false;
}

void IocpOps::complete(Operation& operation, std::uint32_t size, ReadyList& ready) {
  OpRecord& record = object_from_member<OpRecord>(&operation, offsetof(OpRecord, operation));
  Op& op = *record.op;
  port_.operation_is_over();
  const int error = socket_error_of(operation.status());
  if (error == 0 && op.kind == OpKind::kConnect) adopt_connection(record.socket);
  op.pending = false;
  op.record = nullptr;
  op.result = error != 0 ? error : static_cast<std::int32_t>(size);
  release(record);
  ready.push_back(op.ready);
}

}  // namespace violet
