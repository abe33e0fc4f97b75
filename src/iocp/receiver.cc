#include "iocp/receiver.h"

#include <cstring>

#include "iocp/channel_record.h"
#include "iocp/pipe_status.h"
#include "iocp/pipe_thread.h"
#include "iocp/port.h"
#include "iocp/socket_status.h"
#include "os/datagram.h"
#include "os/socket.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

int start(ChannelRecord& record, DWORD& received) {
  Receiver& receiver = record.receiver;
  ReceiveBuffer* buffer = receiver.buffer;
  WSABUF room = {0, nullptr};
  if (buffer != nullptr) room = {ReceiveBuffer::kSize, buffer->bytes};
  receiver.operation.prepare(OperationKind::kReceive);
  OVERLAPPED* overlapped = &receiver.operation.overlapped;
  if (!record.channel->has_datagrams()) {
    receiver.flags = 0;
    return WSARecv(record.socket, &room, 1, &received, &receiver.flags, overlapped, nullptr);
  }
  if (buffer == nullptr) {
    receiver.flags = MSG_PEEK;
    return WSARecv(record.socket, &room, 1, &received, &receiver.flags, overlapped, nullptr);
  }
  receiver.flags = 0;
  buffer->sender_size = sizeof(buffer->sender);
  return WSARecvFrom(record.socket, &room, 1, &received, &receiver.flags,
                     reinterpret_cast<sockaddr*>(&buffer->sender), &buffer->sender_size, overlapped,
                     nullptr);
}

// True when it is under way; else it is over, or failed.
bool start_pipe_read(ChannelRecord& record, int& error) {
  Receiver& receiver = record.receiver;
  ReceiveBuffer& buffer = *receiver.buffer;
  receiver.operation.prepare(OperationKind::kReceive);
  if (record.way == Way::kThreads) {
    const WantedCall call = {WaitingCallKind::kRead, &receiver.operation, buffer.bytes,
                             buffer.size};
    record.reading = start_waiting_call(call, record.handle(), *record.port, error);
    return record.reading != nullptr;
  }
  const BOOL is_over =
      ReadFile(record.handle(), buffer.bytes, buffer.size, nullptr, &receiver.operation.overlapped);
  const DWORD code = is_over ? 0 : GetLastError();
  if (packet_comes(code, record.skips_packets)) return true;
  // If a call fails at once, its OVERLAPPED does not have the status.
  error = code == 0 ? 0 : pipe_read_error(status_of_error(code));
  return false;
}

// A connection on which nothing came in so many waits of the loop counts as idle.
constexpr std::uint32_t kIdleTurns = 64;

}  // namespace

// Idle connections must not keep the buffers from those that could use them.
ReceiveBuffer* Receives::buffer_for(const Receiver& receiver) {
  if (receiver.is_quiet) return nullptr;
  ReceiveBuffer* buffer = pool_.lend();
  if (buffer == nullptr) free_oldest_buffer();
  return buffer;
}

// The buffer comes back with the packet of the cancelled receive, and goes to the next channel that
// asks.
void Receives::free_oldest_buffer() {
  ListNode* node = with_buffers_.front();
  if (node == nullptr) return;
  Receiver& oldest = object_from_member<Receiver>(node, offsetof(Receiver, with_buffer));
  if (turn_ - oldest.turn < kIdleTurns) return;
  node->unlink();
  oldest.is_quiet = true;
  const auto& record =
      object_from_member<ChannelRecord>(&oldest, offsetof(ChannelRecord, receiver));
  CancelIoEx(record.handle(), &oldest.operation.overlapped);
}

// Pipes always read into a buffer: a read of no bytes, to be told that some came, would swallow an
// empty write, which marks the end.
bool Receives::post_to_pipe(ChannelRecord& record) {
  Receiver& receiver = record.receiver;
  receiver.buffer = buffer_for(receiver);
  if (receiver.buffer == nullptr) receiver.buffer = BufferPool::make_small();
  if (receiver.buffer == nullptr) {
    receiver.end = UV_ENOMEM;
    return false;
  }
  int error = 0;
  receiver.is_posted = start_pipe_read(record, error);
  if (!receiver.is_posted) {
    note(record, error, static_cast<std::uint32_t>(receiver.operation.overlapped.InternalHigh));
    return false;
  }
  receiver.turn = turn_;
  // Not for a thread's read, which cannot be taken back so easily.
  if (record.way == Way::kAhead && receiver.buffer->size == ReceiveBuffer::kSize) {
    with_buffers_.push_back(receiver.with_buffer);
  }
  return true;
}

bool Receives::post(ChannelRecord& record) {
  Receiver& receiver = record.receiver;
  if (receiver.is_posted || receiver.has_news()) return false;
  if (record.channel->is_pipe()) return post_to_pipe(record);
  receiver.buffer = buffer_for(receiver);
  DWORD received = 0;
  const int result = start(record, received);
  const DWORD error = result == 0 ? 0 : static_cast<DWORD>(WSAGetLastError());
  if (packet_comes(error, record.skips_packets)) {
    receiver.is_posted = true;
    receiver.turn = turn_;
    if (receiver.buffer != nullptr) with_buffers_.push_back(receiver.with_buffer);
    return true;
  }
  note(record, error_from_windows(error), received);
  return false;
}

void Receives::complete(ChannelRecord& record, LONG status, std::uint32_t size) {
  Receiver& receiver = record.receiver;
  receiver.is_posted = false;
  receiver.with_buffer.unlink_if_linked();
  destroy(record.reading);
  record.reading = nullptr;
  if (record.channel == nullptr || is_cancelled(status)) return give_back(receiver);
  note(record, record.channel->is_pipe() ? pipe_read_error(status) : socket_error_of(status), size);
}

// Notes the outcome of a receive.
void Receives::note(ChannelRecord& record, int error, std::uint32_t size) {
  Receiver& receiver = record.receiver;
  receiver.is_quiet = false;
  if (receiver.buffer == nullptr) {
    // Received without a buffer: the reader finds out by reading whether it is bytes, an error or
    // the end.
    receiver.is_readable = true;
    return;
  }
  const bool is_message = record.channel->has_datagrams();
  if (error == 0 && (size > 0 || is_message)) {
    receiver.has_message = true;
    receiver.may_have_more =
        record.channel->is_socket() && !is_message && size == ReceiveBuffer::kSize;
    receiver.bytes = receiver.buffer->bytes;
    receiver.length = size;
    return;
  }
  receiver.end = error == 0 ? std::int32_t{UV_EOF} : error;
  give_back(receiver);
}

void Receives::give_back(Receiver& receiver) {
  pool_.give_back(receiver.buffer);
  receiver.buffer = nullptr;
}

void Receives::drop(ChannelRecord& record) {
  Receiver& receiver = record.receiver;
  if (!receiver.is_posted) give_back(receiver);
  receiver.has_message = receiver.may_have_more = receiver.is_readable = false;
  receiver.end = 0;
}

std::int64_t Receives::take_message(Receiver& receiver, void* buffer, std::size_t size) {
  const std::uint32_t count =
      size < receiver.length ? static_cast<std::uint32_t>(size) : receiver.length;
  std::memcpy(buffer, receiver.bytes, count);
  receiver.bytes += count;
  receiver.length -= count;
  if (receiver.length == 0) {
    receiver.has_message = false;
    give_back(receiver);
  }
  return count;
}

std::int64_t Receives::take(ChannelRecord& record, void* buffer, std::size_t size) {
  Receiver& receiver = record.receiver;
  if (size == 0) return receiver.has_news() ? 0 : UV_EAGAIN;
  if (receiver.has_message) return take_message(receiver, buffer, size);
  if (receiver.end != 0) {
    const std::int32_t end = receiver.end;
    receiver.end = 0;
    return end;
  }
  if (!receiver.may_have_more) return UV_EAGAIN;
  // More may be there (may_have_more): it is read straight into the user's buffer.
  const ULONG room = size > UINT32_MAX ? UINT32_MAX : static_cast<ULONG>(size);
  const std::int64_t count =
      read_some(record.channel->descriptor, true, {room, static_cast<char*>(buffer)});
  receiver.may_have_more = count > 0 && static_cast<std::size_t>(count) == size;
  return count == 0 ? std::int64_t{UV_EOF} : count;
}

int Receives::take_datagram(ChannelRecord& record, const uv_buf_t& buffer,
                            ReceivedDatagram& received) {
  Receiver& receiver = record.receiver;
  if (receiver.has_message) {
    static_assert(sizeof(received.address) >= sizeof(sockaddr_storage));
    std::memcpy(received.address, &receiver.buffer->sender, sizeof(sockaddr_storage));
    received.cut = receiver.length > buffer.len;
    received.size = received.cut ? buffer.len : receiver.length;
    std::memcpy(buffer.base, receiver.bytes, received.size);
    receiver.has_message = false;
    give_back(receiver);
    return 0;
  }
  const std::int32_t end = receiver.end;
  receiver.end = 0;
  return end != 0 ? end : UV_EAGAIN;
}

}  // namespace violet
