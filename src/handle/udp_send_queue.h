// Send requests of a UDP handle.
#pragma once

#include "core/request.h"
#include "core/request_queue.h"

namespace violet {

struct SendRequest;

struct SendState {
  SendRequest* next;  // in its queue
  uv_buf_t* buffers;  // the inline ones or a heap copy
  std::size_t size;
  std::uint32_t count;
  std::int32_t status;
  bool has_address;
};

struct SendRequest {
  using Public = uv_udp_send_t;
  static constexpr unsigned int kInlineBuffers = 8;
  static constexpr std::size_t kAddressSize = 112;  // Local addresses are the longest.

  RequestHeader header;
  RequestSpace<SendState> space;
  uv_udp_t* handle;
  uv_udp_send_cb callback;
  alignas(8) unsigned char address_bytes[kAddressSize];
  uv_buf_t inline_buffers[kInlineBuffers];

  SendState& state() { return space.content; }
  const struct sockaddr* address() {
    return state().has_address ? reinterpret_cast<const struct sockaddr*>(address_bytes) : nullptr;
  }
};

static_assert(sizeof(SendRequest) <= sizeof(uv_udp_send_t));
static_assert(offsetof(SendRequest, handle) == offsetof(uv_udp_send_t, handle));
static_assert(offsetof(SendRequest, callback) == offsetof(uv_udp_send_t, cb));

using SendQueue = RequestQueue<SendRequest>;

}  // namespace violet
