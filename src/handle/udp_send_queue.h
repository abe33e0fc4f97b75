// Send requests of a UDP handle.
#pragma once

#include "core/request.h"
#include "core/request_queue.h"

namespace violet {

struct SendRequest;

// Programs read some of it, hence the order.
struct SendState {
  SendRequest* next;  // in its queue
  std::size_t size;
  struct sockaddr_storage address;
  std::uint32_t count;
  bool has_address;
  uv_buf_t* buffers;  // the inline ones or a heap copy; null once the message is over
  std::int32_t status;
};

struct SendRequest {
  using Public = uv_udp_send_t;
  static constexpr unsigned int kInlineBuffers = 4;

  RequestHeader header;
  RequestSpace<void*> unused;
  uv_udp_t* handle;
  uv_udp_send_cb callback;
  SendState progress;
  void* unused_end;
  uv_buf_t inline_buffers[kInlineBuffers];

  SendState& state() { return progress; }
  const struct sockaddr* address() {
    return state().has_address ? reinterpret_cast<const struct sockaddr*>(&state().address)
                               : nullptr;
  }
};

static_assert(sizeof(SendRequest) <= sizeof(uv_udp_send_t));
static_assert(offsetof(SendRequest, handle) == offsetof(uv_udp_send_t, handle));
static_assert(offsetof(SendRequest, callback) == offsetof(uv_udp_send_t, cb));
static_assert(offsetof(SendRequest, progress.address) == offsetof(uv_udp_send_t, addr));
static_assert(offsetof(SendRequest, progress.count) == offsetof(uv_udp_send_t, nbufs));
static_assert(offsetof(SendRequest, progress.buffers) == offsetof(uv_udp_send_t, bufs));
static_assert(offsetof(SendRequest, inline_buffers) == offsetof(uv_udp_send_t, bufsml));

using SendQueue = RequestQueue<SendRequest>;

}  // namespace violet
