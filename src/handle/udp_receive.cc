#include "core/call.h"
#include "handle/udp_parts.h"
#include "os/datagram.h"

namespace violet {
namespace {

// Messages that one event brings at most: other handles have their turn too.
constexpr unsigned int kFairShare = 32;

// False when the handle was stopped or closed meanwhile: then the memory has gone back to whoever
// it came from.
bool allocate_buffer(Udp& udp, uv_buf_t& buffer) {
  const uv_udp_recv_cb receive_callback = udp.receive_callback;
  buffer = {};
  call_program(CallbackKind::kAlloc, udp.alloc_callback, public_handle(udp.handle),
               kLargestDatagram, &buffer);
  if (udp.handle.has(kUdpReceiving)) return true;
  if (buffer.base != nullptr && buffer.len != 0) {
    call_program(CallbackKind::kUdpReceive, receive_callback, public_handle(udp), 0, &buffer,
                 nullptr, 0);
  }
  return false;
}

void report(Udp& udp, ssize_t size, const uv_buf_t& buffer, const ReceivedDatagram* received,
            unsigned int flags) {
  const sockaddr* sender = received == nullptr ? nullptr : received->sender();
  if (received != nullptr && received->cut) flags |= UV_UDP_PARTIAL;
  call_program(CallbackKind::kUdpReceive, udp.receive_callback, public_handle(udp), size, &buffer,
               sender, flags);
}

// Gives the buffer back to the program. An `error` of 0, without an address, says that nothing more
// is there.
void report_failure(Udp& udp, int error, const uv_buf_t& buffer) {
  report(udp, error == UV_EAGAIN ? 0 : error, buffer, nullptr, 0);
}

// What the engine received ahead, or what the system has.
int next_message(Udp& udp, Events events, const uv_buf_t& buffer, ReceivedDatagram& received) {
  if ((events & kDelivered) == 0) return receive_one(udp.channel.descriptor, buffer, received);
  return loop_of(udp.handle).engine->take_datagram(udp.channel, buffer, received);
}

// As receive_several(). An error behind the first message is left in `error`.
int next_messages(Udp& udp, Events events, const uv_buf_t& buffer, ReceivedDatagram* received,
                  unsigned int chunks, int& error) {
  if ((events & kDelivered) == 0) {
    return receive_several(udp.channel.descriptor, buffer, received, chunks);
  }
  for (unsigned int i = 0; i < chunks; ++i) {
    error = next_message(udp, events, chunk_of(buffer, i), received[i]);
    if (error != 0) return i == 0 ? error : static_cast<int>(i);
  }
  return static_cast<int>(chunks);
}

// receive_single() and receive_many() return how many messages came; 0 ends the round.
unsigned int receive_single(Udp& udp, Events events, const uv_buf_t& buffer) {
  ReceivedDatagram received;
  if (int error = next_message(udp, events, buffer, received); error != 0) {
    report_failure(udp, error, buffer);
    return 0;
  }
  report(udp, static_cast<ssize_t>(received.size), buffer, &received, 0);
  return 1;
}

unsigned int receive_many(Udp& udp, Events events, const uv_buf_t& buffer) {
  const std::size_t fitting = buffer.len / kLargestDatagram;
  if (fitting == 0) {
    report_failure(udp, UV_EINVAL, buffer);
    return 0;
  }
  const unsigned int chunks =
      fitting > kMaxChunks ? kMaxChunks : static_cast<unsigned int>(fitting);
  ReceivedDatagram received[kMaxChunks];
  int error = 0;
  int count = next_messages(udp, events, buffer, received, chunks, error);
  if (count < 0) {
    report_failure(udp, count, buffer);
    return 0;
  }
  uv_udp_recv_cb callback = udp.receive_callback;
  for (int i = 0; i < count && udp.handle.has(kUdpReceiving); ++i) {
    report(udp, static_cast<ssize_t>(received[i].size),
           chunk_of(buffer, static_cast<unsigned int>(i)), &received[i], UV_UDP_MMSG_CHUNK);
  }
  // Even when a callback has stopped it: nobody else can free the buffer.
  call_program(CallbackKind::kUdpReceive, callback, public_handle(udp), 0, &buffer, nullptr,
               UV_UDP_MMSG_FREE);
  if (error != 0 && error != UV_EAGAIN && udp.handle.has(kUdpReceiving)) {
    uv_buf_t next;
    if (allocate_buffer(udp, next)) report_failure(udp, error, next);
  }
  // If fewer came than there was room for, nothing more is there.
  return static_cast<unsigned int>(count) < chunks ? 0 : static_cast<unsigned int>(count);
}

void receive_messages(Udp& udp, Events events) {
  for (unsigned int total = 0; total < kFairShare && udp.handle.has(kUdpReceiving);) {
    uv_buf_t buffer;
    if (!allocate_buffer(udp, buffer)) return;
    if (buffer.base == nullptr || buffer.len == 0) {
      report(udp, UV_ENOBUFS, buffer, nullptr, 0);
      return;
    }
    unsigned int count = udp.handle.has(kUdpManyAtOnce) ? receive_many(udp, events, buffer)
                                                        : receive_single(udp, events, buffer);
    if (count == 0) return;
    total += count;
  }
}

// A row of errors ends as one of messages does: with a report that nothing more is there.
void report_queued_errors(Udp& udp) {
  for (unsigned int i = 0; i < kFairShare && udp.handle.has(kUdpReceiving); ++i) {
    const int error = take_queued_error(udp.channel.descriptor);
    if (error == 0 && i == 0) return;
    uv_buf_t buffer;
    if (!allocate_buffer(udp, buffer)) return;
    report(udp, error, buffer, nullptr, error == 0 ? 0 : UV_UDP_LINUX_RECVERR);
    if (error == 0) return;
  }
}

}  // namespace

void receive_ready(Udp& udp, Events events) {
  if ((events & kError) != 0 && udp.handle.has(kUdpReportsErrors)) report_queued_errors(udp);
  if (udp.handle.has(kUdpReceiving)) receive_messages(udp, events);
}

int start_receiving(Udp& udp, uv_alloc_cb alloc_callback, uv_udp_recv_cb receive_callback) {
  if (alloc_callback == nullptr || receive_callback == nullptr) return UV_EINVAL;
  if (udp.handle.has(kUdpReceiving)) return UV_EALREADY;
  if (int error = ensure_bound(udp, AF_INET, 0); error != 0) return error;
  udp.handle.set(kUdpReceiving);
  if (int error = update_udp(udp); error != 0) {
    udp.handle.clear(kUdpReceiving);
    return error;
  }
  udp.alloc_callback = alloc_callback;
  udp.receive_callback = receive_callback;
  return 0;
}

void stop_receiving(Udp& udp) {
  if (!udp.handle.has(kUdpReceiving)) return;
  udp.handle.clear(kUdpReceiving);
  update_udp(udp);
}

}  // namespace violet
