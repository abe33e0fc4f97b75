// Send requests of a UDP handle.
#pragma once

#include "core/public_layout.h"
#include "core/request.h"
#include "core/request_queue.h"

namespace violet {

struct SendRequest;

template <typename Public, bool is_shown = kShowsBuffers<Public>>
struct SendRequestLayout;

template <typename Public>
struct SendRequestLayout<Public, true> {
  // Programs read some of it, hence the order.
  struct State {
    SendRequest* next;  // in its queue
    std::size_t size;
    struct sockaddr_storage address;
    std::uint32_t count;
    bool has_address;
    uv_buf_t* buffers;  // the inline ones or a heap copy; null once the message is over
    std::int32_t status;
  };
  static constexpr unsigned int kInlineBuffers =
      kBuffersInRoom<sizeof(Public),
                     sizeof(uv_req_t) + 2 * sizeof(void*) + sizeof(State) + sizeof(void*)>;

  RequestHeader header;
  RequestSpace<void*> unused;
  uv_udp_t* handle;
  uv_udp_send_cb callback;
  State progress;
  void* unused_end;
  uv_buf_t inline_buffers[kInlineBuffers];
};

// The room is small. No address of a datagram is larger on such a system.
template <typename Public>
struct SendRequestLayout<Public, false> {
  struct State {
    SendRequest* next;
    std::size_t size;
    struct sockaddr_in6 address;
    std::uint32_t count;
    std::int32_t status;
    bool has_address;
    uv_buf_t* buffers;
  };
  static constexpr unsigned int kInlineBuffers =
      kBuffersInRoom<offsetof(Public, handle), sizeof(RequestHeader) + sizeof(State)>;

  RequestHeader header;
  State progress;
  uv_buf_t inline_buffers[kInlineBuffers];
  uv_udp_t* handle;
  uv_udp_send_cb callback;
};

struct SendRequest : SendRequestLayout<uv_udp_send_t> {
  using Public = uv_udp_send_t;

  State& state() { return progress; }
  const struct sockaddr* address() {
    return state().has_address ? reinterpret_cast<const struct sockaddr*>(&state().address)
                               : nullptr;
  }
};
using SendState = SendRequest::State;

static_assert(sizeof(SendRequest) <= sizeof(uv_udp_send_t));
static_assert(offsetof(SendRequest, handle) == offsetof(uv_udp_send_t, handle));
static_assert(offsetof(SendRequest, callback) == offsetof(uv_udp_send_t, cb));

template <typename Public>
constexpr bool send_progress_in_place() {
  if constexpr (kShowsBuffers<Public>) {
    static_assert(offsetof(SendRequest, progress.address) == offsetof(Public, addr));
    static_assert(offsetof(SendRequest, progress.count) == offsetof(Public, nbufs));
    static_assert(offsetof(SendRequest, progress.buffers) == offsetof(Public, bufs));
    static_assert(offsetof(SendRequest, inline_buffers) == offsetof(Public, bufsml));
  }
  return true;
}
static_assert(send_progress_in_place<uv_udp_send_t>());

using SendQueue = RequestQueue<SendRequest>;

}  // namespace violet
