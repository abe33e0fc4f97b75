// Write requests of a stream.
#pragma once

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

struct WriteRequest {
  using Public = uv_write_t;
  static constexpr unsigned int kInlineBuffers = 4;

  RequestHeader header;
  RequestSpace<void*> unused;
  uv_write_cb callback;
  uv_stream_t* send_handle;
  uv_stream_t* stream;
  WriteState progress;
  uv_buf_t inline_buffers[kInlineBuffers];

  WriteState& state() { return progress; }
};

static_assert(offsetof(WriteRequest, callback) == offsetof(uv_write_t, cb));
static_assert(offsetof(WriteRequest, send_handle) == offsetof(uv_write_t, send_handle));
static_assert(offsetof(WriteRequest, stream) == offsetof(uv_write_t, handle));
static_assert(offsetof(WriteRequest, progress.first) == offsetof(uv_write_t, write_index));
static_assert(offsetof(WriteRequest, progress.buffers) == offsetof(uv_write_t, bufs));
static_assert(offsetof(WriteRequest, progress.count) == offsetof(uv_write_t, nbufs));
static_assert(offsetof(WriteRequest, progress.status) == offsetof(uv_write_t, error));
static_assert(offsetof(WriteRequest, inline_buffers) == offsetof(uv_write_t, bufsml));

using WriteQueue = RequestQueue<WriteRequest>;

}  // namespace violet
