#include "iocp/accept_queue.h"

#include "base/allocator.h"
#include "iocp/channel_record.h"
#include "iocp/extension_functions.h"
#include "iocp/socket_status.h"
#include "os/socket.h"
#include "os/windows/windows_error.h"

namespace violet {
namespace {

void adopt_connection(AcceptSlot& slot) {
  if (!slot.record->accepts->is_pipe) {
    // Only after this do getsockname() and getpeername() work on the socket.
    const SOCKET listener = slot.record->socket;
    setsockopt(slot.socket.get().native(), SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT,
               reinterpret_cast<const char*>(&listener), sizeof(listener));
  }
  slot.state = AcceptState::kAccepted;
  slot.order = slot.record->accepts->accepted++;
}

// Has an instance of a pipe wait for a client; each connection needs an instance of its own. True
// when the kernel has it.
bool post_instance(ChannelRecord& record, AcceptSlot& slot) {
  AcceptQueue& queue = *record.accepts;
  OwnedHandle instance;
  slot.record = &record;
  queue.end = create_instance(queue.name.text, Instance::kFurther, instance);
  if (queue.end != 0) return false;
  bool skips_packets = false;
  queue.end = record.port->associate(instance.get(), true, skips_packets);
  if (queue.end != 0) return false;
  slot.operation.prepare(OperationKind::kAccept);
  const BOOL is_over = ConnectNamedPipe(instance.get(), &slot.operation.overlapped);
  const DWORD code = is_over ? 0 : GetLastError();
  const HANDLE handle = instance.take();
  slot.socket = OwnedDescriptor(Descriptor::of(reinterpret_cast<Descriptor::Native>(handle)));
  if (packet_comes(code, skips_packets)) {
    slot.state = AcceptState::kPosted;
    return true;
  }
  // A client has connected already. It may even be gone again, leaving what it wrote.
  if (code == 0 || code == ERROR_PIPE_CONNECTED || code == ERROR_NO_DATA) {
    adopt_connection(slot);
    return false;
  }
  slot.socket.close();
  queue.end = error_from_windows(code);
  return false;
}

enum class Posted : std::uint8_t {
  kYes,       // the kernel has it
  kAccepted,  // over at once
  kRefused,   // the queue's `end` says why
  kGivenUp,   // the client has gone meanwhile: nobody need know
};

Posted try_post(ChannelRecord& record, AcceptSlot& slot) {
  AcceptQueue& queue = *record.accepts;
  slot.record = &record;
  queue.end = open_stream_socket(queue.family, slot.socket);
  if (queue.end != 0) return Posted::kRefused;
  slot.operation.prepare(OperationKind::kAccept);
  DWORD received = 0;
  const BOOL is_over = extension_functions().accept(
      record.socket, slot.socket.get().native(), slot.addresses, 0, AcceptSlot::kAddressRoom,
      AcceptSlot::kAddressRoom, &received, &slot.operation.overlapped);
  const DWORD error = is_over ? 0 : static_cast<DWORD>(WSAGetLastError());
  if (packet_comes(error, record.skips_packets)) {
    slot.state = AcceptState::kPosted;
    return Posted::kYes;
  }
  if (error == 0) {
    adopt_connection(slot);
    return Posted::kAccepted;
  }
  slot.socket.close();
  if (error == WSAECONNRESET) return Posted::kGivenUp;
  queue.end = error_from_windows(error);
  return Posted::kRefused;
}

// True when the kernel has it. Tries again at once if a client has given up: an idle slot would be
// posted again only with the next connection, which may need it to come in.
bool post(ChannelRecord& record, AcceptSlot& slot) {
  Posted posted = Posted::kGivenUp;
  while (posted == Posted::kGivenUp)
    posted = try_post(record, slot);
  return posted == Posted::kYes;
}

bool open_queue_of_pipe(ChannelRecord& record) {
  PipeName name;
  if (name_of_pipe(record.handle(), name) != 0) return false;
  AcceptQueue* queue = create<AcceptQueue>();
  if (queue == nullptr) return false;
  queue->is_pipe = true;
  queue->name = name;
  const unsigned int wanted = record.ends != 0 ? record.ends : AcceptQueue::kUsualEnds;
  queue->slots_used = wanted < AcceptQueue::kSlots ? wanted : AcceptQueue::kSlots;
  record.accepts = queue;
  return true;
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
  if (record.channel->is_pipe()) return open_queue_of_pipe(record);
  if (extension_functions().accept == nullptr) return false;
  sockaddr_storage name;
  int size = sizeof(name);
  if (getsockname(record.socket, reinterpret_cast<sockaddr*>(&name), &size) != 0) return false;
  record.accepts = create<AcceptQueue>();
  if (record.accepts == nullptr) return false;
  record.accepts->family = name.ss_family;
  record.accepts->slots_used = AcceptQueue::kSlots;
  return true;
}

unsigned int post_accepts(ChannelRecord& record) {
  AcceptQueue& queue = *record.accepts;
  const auto post_one = queue.is_pipe ? post_instance : post;
  unsigned int posted = 0;
  for (unsigned int i = 0; i < queue.slots_used; ++i) {
    AcceptSlot& slot = queue.slots[i];
    if (slot.state != AcceptState::kIdle) continue;
    if (queue.end != 0) break;
    if (post_one(record, slot)) ++posted;
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
    if (slot.state != AcceptState::kPosted) {
      slot.socket.close();
      slot.state = AcceptState::kIdle;
    } else if (record.accepts->is_pipe) {
      // Clients can connect to an instance until it is closed.
      CancelIoEx(system_handle(slot.socket.get()), &slot.operation.overlapped);
      slot.socket.close();
    } else {
      CancelIoEx(record.handle(), &slot.operation.overlapped);
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
