// Send requests of a UDP handle, first in, first out.
#pragma once

#include "core/request.h"

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

// A circular chain that knows its last member only, so that a queue takes one pointer in the
// handle. Zeroed memory is an empty queue.
struct SendQueue {
  SendRequest* last;

  bool empty() const { return last == nullptr; }
  SendRequest* front() const { return last == nullptr ? nullptr : last->state().next; }
  // The one behind `request`, null for the last.
  SendRequest* after(SendRequest& request) const {
    return &request == last ? nullptr : request.state().next;
  }

  void push_back(SendRequest& request) {
    if (last == nullptr) {
      request.state().next = &request;
    } else {
      request.state().next = last->state().next;
      last->state().next = &request;
    }
    last = &request;
  }

  SendRequest& pop_front() {
    SendRequest& request = *front();
    if (&request == last) {
      last = nullptr;
    } else {
      last->state().next = request.state().next;
    }
    return request;
  }
};

}  // namespace violet
