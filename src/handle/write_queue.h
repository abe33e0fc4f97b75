// Write requests of a stream.
#pragma once

#include "core/request.h"
#include "core/request_queue.h"

namespace violet {

struct WriteRequest;

// What is left to do of a write.
struct WriteState {
  WriteRequest* next;  // in its queue
  uv_buf_t* buffers;   // the inline ones or a heap copy; consumed from `first` on
  std::size_t bytes_left;
  std::uint32_t first;
  std::uint32_t count;
  // A copy, sent along with the first byte; kNoDescriptor: none, or sent already.
  Descriptor passed;
  std::int32_t status;
};

struct WriteRequest {
  using Public = uv_write_t;
  static constexpr unsigned int kInlineBuffers = 6;

  RequestHeader header;
  RequestSpace<WriteState> space;
  uv_write_cb callback;
  uv_stream_t* send_handle;
  uv_stream_t* stream;
  uv_buf_t inline_buffers[kInlineBuffers];

  WriteState& state() { return space.content; }
};

static_assert(offsetof(WriteRequest, callback) == offsetof(uv_write_t, cb));
static_assert(offsetof(WriteRequest, send_handle) == offsetof(uv_write_t, send_handle));
static_assert(offsetof(WriteRequest, stream) == offsetof(uv_write_t, handle));

using WriteQueue = RequestQueue<WriteRequest>;

}  // namespace violet
