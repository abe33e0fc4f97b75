// Write requests of a stream.
#pragma once

#include "core/public_layout.h"
#include "core/request.h"
#include "core/request_queue.h"

namespace violet {

struct WriteRequest;

// What is left to do of a write. Programs read some of it, hence the order.
struct WriteState {
  WriteRequest* next;  // in its queue
  std::size_t bytes_left;
  std::uint32_t first;
  // A copy, sent along with the first byte; kNoDescriptor: none, or sent already.
  Descriptor passed;
  uv_buf_t* buffers;  // the inline ones or a heap copy; consumed from `first` on
  std::uint32_t count;
  std::int32_t status;
};

template <typename Public, bool is_shown = kShowsBuffers<Public>>
struct WriteRequestLayout;

template <typename Public>
struct WriteRequestLayout<Public, true> {
  static constexpr unsigned int kInlineBuffers =
      kBuffersInRoom<sizeof(Public), sizeof(uv_req_t) + 3 * sizeof(void*) + sizeof(WriteState)>;

  RequestHeader header;
  RequestSpace<void*> unused;
  uv_write_cb callback;
  uv_stream_t* send_handle;
  uv_stream_t* stream;
  WriteState progress;
  uv_buf_t inline_buffers[kInlineBuffers];
};

template <typename Public>
struct WriteRequestLayout<Public, false> {
  static constexpr unsigned int kInlineBuffers =
      kBuffersInRoom<offsetof(Public, cb), sizeof(RequestHeader) + sizeof(WriteState)>;

  RequestHeader header;
  WriteState progress;
  uv_buf_t inline_buffers[kInlineBuffers];
  uv_write_cb callback;
  uv_stream_t* send_handle;
  uv_stream_t* stream;
};

struct WriteRequest : WriteRequestLayout<uv_write_t> {
  using Public = uv_write_t;

  WriteState& state() { return progress; }
};

static_assert(sizeof(WriteRequest) <= sizeof(uv_write_t));
static_assert(offsetof(WriteRequest, callback) == offsetof(uv_write_t, cb));
static_assert(offsetof(WriteRequest, send_handle) == offsetof(uv_write_t, send_handle));
static_assert(offsetof(WriteRequest, stream) == offsetof(uv_write_t, handle));

template <typename Public>
constexpr bool write_progress_in_place() {
  if constexpr (kShowsBuffers<Public>) {
    static_assert(offsetof(WriteRequest, progress.first) == offsetof(Public, write_index));
    static_assert(offsetof(WriteRequest, progress.buffers) == offsetof(Public, bufs));
    static_assert(offsetof(WriteRequest, progress.count) == offsetof(Public, nbufs));
    static_assert(offsetof(WriteRequest, progress.status) == offsetof(Public, error));
    static_assert(offsetof(WriteRequest, inline_buffers) == offsetof(Public, bufsml));
  }
  return true;
}
static_assert(write_progress_in_place<uv_write_t>());

using WriteQueue = RequestQueue<WriteRequest>;

}  // namespace violet
