// Listening and accepting.
#include "core/call.h"
#include "handle/stream_parts.h"
#include "os/socket.h"

namespace violet {
namespace {

// Clients that connect as fast as we accept must not keep the loop from its other work.
constexpr int kMaxAcceptsPerEvent = 32;

// Without a free descriptor a connection stays in the kernel's queue, where the listener shows as
// readable all the time. Waiting a moment neither spins nor drops the client, which is served as
// soon as somebody closes something.
constexpr std::uint64_t kRetryMs = 50;

// After so many tries (a second) the shortage is not a passing one. Those who hold the descriptors
// may be the very clients that wait, in this process or behind a proxy: they are turned away.
constexpr std::uint32_t kPatientTries = 20;

// False while another handle is active on the same descriptor; it may have begun while this one had
// no interest in it.
bool watch_for_connections(Stream& server) {
  return loop_of(server.handle).engine->watch(server.channel, kAccept) == 0;
}

void stop_watching(Stream& server) {
  loop_of(server.handle).engine->watch(server.channel, kNoEvents);
}

// False without memory.
bool start_retry(Stream& server) {
  Loop& loop = loop_of(server.handle);
  return start_timer(loop, server.accept_retry(), due_after_ms(loop, kRetryMs));
}

void watch_now_or_later(Stream& server) {
  if (!watch_for_connections(server)) start_retry(server);
}

void on_retry(TimerItem& item, Loop&) {
  watch_now_or_later(object_from_member<Stream>(&item, offsetof(Stream, moving_or_listening)));
}

void retry_later(Stream& server) {
  stop_watching(server);
  if (!start_retry(server)) watch_for_connections(server);
}

// Without one a lasting shortage is waited out, however long it takes.
void renew_reserve(Loop& loop) {
  if (!loop.reserve.is_open()) reserve_descriptor(loop.reserve);
}

// The reserve's place is all that a connection needs until it is closed.
void turn_clients_away(Stream& server) {
  Loop& loop = loop_of(server.handle);
  if (!loop.reserve.is_open()) return renew_reserve(loop);
  loop.reserve.close();
  for (int turned_away = 0; turned_away < kMaxAcceptsPerEvent; ++turned_away) {
    OwnedDescriptor connection;
    const int result = accept_connection(server.channel.descriptor, connection);
    if (result == UV_EAGAIN) server.failed_accepts() = 0;
    if (result != 0) break;
  }
  renew_reserve(loop);
}

void wait_out_shortage(Stream& server) {
  if (++server.failed_accepts() >= kPatientTries) turn_clients_away(server);
  retry_later(server);
}

bool is_shortage(int error) {
  return error == UV_EMFILE || error == UV_ENFILE || error == UV_ENOBUFS || error == UV_ENOMEM;
}

int next_connection(Stream& server, Events events, OwnedDescriptor& connection) {
  if ((events & kDelivered) == 0) return accept_connection(server.channel.descriptor, connection);
  return loop_of(server.handle).engine->take_connection(server.channel, connection);
}

// True for a stream with work under way, whose callbacks are still to come: it must not become a
// listener. kCanRead and kCanWrite do not tell, since a socket from uv_tcp_open() has them before
// it is connected.
bool moves_bytes(Stream& stream) {
  if (stream.handle.has(kListening)) return false;
  return stream.handle.has(kReading | kConnecting) || stream.shutdown_request() != nullptr ||
         !stream.writes().waiting.empty() || !stream.writes().finished.empty();
}

// True when the next connection may be looked for at once.
bool accept_once(Stream& server, Events events) {
  OwnedDescriptor connection;
  const int result = next_connection(server, events, connection);
  if (result == UV_EAGAIN) return false;
  // The client has given up already.
  if (result == UV_ECONNABORTED) return true;
  if (is_shortage(result)) {
    wait_out_shortage(server);
    return false;
  }
  if (result < 0) {
    call_program(CallbackKind::kConnection, server.on_connection(), public_handle(server), result);
    return false;
  }
  server.failed_accepts() = 0;
  server.accepted() = connection.take();
  call_program(CallbackKind::kConnection, server.on_connection(), public_handle(server), 0);
  if (!server.accepted().is_open()) return true;
  // The callback has not accepted it: the listener pauses until uv_accept() does.
  stop_watching(server);
  return false;
}

}  // namespace

int start_listening(Stream& stream, int backlog, uv_connection_cb callback) {
  if (moves_bytes(stream)) return UV_EINVAL;
  if (int error = listen_on_socket(stream.channel.descriptor, backlog); error != 0) return error;
  Loop& loop = loop_of(stream.handle);
  if (stream.handle.has(kListening)) {
    stream.on_connection() = callback;
    return 0;
  }
  if (int error = loop.engine->watch(stream.channel, kAccept); error != 0) return error;
  stream.handle.set(kListening | kBound);
  stream.on_connection() = callback;
  stream.accepted() = kNoDescriptor;
  stream.accept_retry().heap_index = TimerHeap::kNotInHeap;
  stream.accept_retry().expired = on_retry;
  stream.failed_accepts() = 0;
  renew_reserve(loop);
  // A socket from uv_tcp_open() has both flags until it listens.
  stream.handle.clear(kCanRead | kCanWrite);
  activate(stream.handle);
  return 0;
}

void stop_listening(Stream& stream) {
  if (!stream.handle.has(kListening)) return;
  stop_timer(loop_of(stream.handle), stream.accept_retry());
  close_descriptor(stream.accepted());
  stream.accepted() = kNoDescriptor;
}

int take_accepted(Stream& server, OwnedDescriptor& accepted) {
  if (!server.handle.has(kListening) || !server.accepted().is_open()) return UV_EAGAIN;
  accepted = OwnedDescriptor(server.accepted());
  server.accepted() = kNoDescriptor;
  if (!server.accept_retry().started()) watch_now_or_later(server);
  return 0;
}

void accept_available(Stream& server, Events events) {
  for (int accepts = 0; accepts < kMaxAcceptsPerEvent; ++accepts) {
    if (!accept_once(server, events) || server.handle.has(kClosing)) return;
  }
}

}  // namespace violet
