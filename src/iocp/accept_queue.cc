#include "iocp/accept_queue.h"

#include "base/allocator.h"
#include "iocp/channel_record.h"
#include "iocp/extension_functions.h"
#include "iocp/socket_status.h"
#include "os/socket.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

// The system knows its addresses only after this.
void adopt_connection(AcceptSlot& slot) {
  const SOCKET listener = slot.record->socket;
  setsockopt(slot.socket.get().native(), SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT,
             reinterpret_cast<const char*>(&listener), sizeof(listener));
  slot.state = AcceptState::kAccepted;
  slot.order = slot.record->accepts->accepted++;
}

// True when the kernel has it.
bool post(ChannelRecord& record, AcceptSlot& slot) {
  AcceptQueue& queue = *record.accepts;
  slot.record = &record;
  queue.end = open_stream_socket(queue.family, slot.socket);
  if (queue.end != 0) return false;
  slot.operation.prepare(OperationKind::kAccept);
  DWORD received = 0;
  const BOOL is_over = extension_functions().accept(
      record.socket, slot.socket.get().native(), slot.addresses, 0, AcceptSlot::kAddressRoom,
      AcceptSlot::kAddressRoom, &received, &slot.operation.overlapped);
  const int error = is_over ? 0 : WSAGetLastError();
  if (error == WSA_IO_PENDING || (error == 0 && !record.skips_packets)) {
    slot.state = AcceptState::kPosted;
    return true;
  }
  if (error == 0) {
    adopt_connection(slot);
    return false;
  }
  slot.socket.close();
  // A client that has given up is nobody's concern.
  if (error != WSAECONNRESET) queue.end = error_from_windows(static_cast<unsigned long>(error));
  return false;
}

}  // namespace

bool AcceptQueue::has_news() const {
  if (end != 0) return true;
  for (const AcceptSlot& slot : slots)
    if (slot.state == AcceptState::kAccepted) return true;
  return false;
}

bool open_accept_queue(ChannelRecord& record) {
  if (record.accepts != nullptr) return true;
  if (extension_functions().accept == nullptr) return false;
  sockaddr_storage name;
  int size = sizeof(name);
  if (getsockname(record.socket, reinterpret_cast<sockaddr*>(&name), &size) != 0) return false;
  record.accepts = create<AcceptQueue>();
  if (record.accepts == nullptr) return false;
  record.accepts->family = name.ss_family;
  return true;
}

unsigned int post_accepts(ChannelRecord& record) {
  unsigned int posted = 0;
  for (AcceptSlot& slot : record.accepts->slots) {
    if (slot.state != AcceptState::kIdle) continue;
    if (record.accepts->end != 0) break;
    if (post(record, slot)) ++posted;
  }
  return posted;
}

void complete_accept(AcceptSlot& slot) {
  slot.state = AcceptState::kIdle;
  if (slot.record->channel == nullptr || slot.operation.status() < 0) {
    slot.socket.close();
  } else {
    adopt_connection(slot);
  }
}

void cancel_accepts(ChannelRecord& record) {
  if (record.accepts == nullptr) return;
  for (AcceptSlot& slot : record.accepts->slots) {
    if (slot.state == AcceptState::kPosted) {
      CancelIoEx(reinterpret_cast<HANDLE>(record.socket), &slot.operation.overlapped);
    } else {
      slot.socket.close();
      slot.state = AcceptState::kIdle;
    }
  }
  record.accepts->end = 0;
}

int take_accepted(AcceptQueue& queue, OwnedDescriptor& connection) {
  AcceptSlot* first = nullptr;
  for (AcceptSlot& slot : queue.slots) {
    if (slot.state != AcceptState::kAccepted) continue;
    if (first == nullptr || static_cast<std::int32_t>(slot.order - first->order) < 0) first = &slot;
  }
  if (first != nullptr) {
    connection = OwnedDescriptor(first->socket.take());
    first->state = AcceptState::kIdle;
    return 0;
  }
  const std::int32_t end = queue.end;
  queue.end = 0;
  return end != 0 ? end : UV_EAGAIN;
}

}  // namespace violet
