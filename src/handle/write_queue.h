// Write requests of a stream, first in, first out.
#pragma once

#include "core/request.h"

namespace violet {

struct WriteRequest;

// What is left to do of a write.
struct WriteState {
  WriteRequest* next;  // in its queue
  uv_buf_t* buffers;   // the inline ones or a heap copy; consumed from `first` on
  std::size_t bytes_left;
  std::uint32_t first;
  std::uint32_t count;
  Descriptor passed;  // sent along with the first byte; kNoDescriptor: none, or sent already
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

// A circular chain that knows its last member only, so that a queue takes one pointer in the
// stream. Zeroed memory is an empty queue.
struct WriteQueue {
  WriteRequest* last;

  bool empty() const { return last == nullptr; }
  WriteRequest* front() const { return last->state().next; }

  void push_back(WriteRequest& request) {
    if (last == nullptr) {
      request.state().next = &request;
    } else {
      request.state().next = last->state().next;
      last->state().next = &request;
    }
    last = &request;
  }

  WriteRequest& pop_front() {
    WriteRequest& request = *front();
    if (&request == last) {
      last = nullptr;
    } else {
      last->state().next = request.state().next;
    }
    return request;
  }
};

}  // namespace violet
