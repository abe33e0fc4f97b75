// Reading: from the event to the callback.
#include "core/call.h"
#include "handle/stream_parts.h"
#include "os/socket.h"

namespace violet {
namespace {

constexpr std::size_t kSuggestedSize = 65536;

// A peer that sends as fast as we read must not keep the loop from its other work.
constexpr int kMaxReadsPerEvent = 32;

std::int64_t receive(Stream& stream, const uv_buf_t& buffer, Events events) {
  if ((events & kDelivered) != 0) {
    std::int64_t count =
        loop_of(stream.handle).engine->take(stream.channel, buffer.base, buffer.len);
    if (stream.handle.has(kPassesDescriptors)) keep_passed(stream);
    return count == UV_EOF ? 0 : count;
  }
  if (stream.handle.has(kPassesDescriptors)) return receive_passed(stream, buffer);
  return read_some(stream.channel.descriptor, stream.channel.is_socket(), buffer);
}

// The kernel reports the loss of a connection only once, and a write may have received that report:
// an earlier write, or one that has ended but whose turn comes after this read. Then the end that
// is read here is not a clean one.
std::int64_t clean_end_or_loss(Stream& stream) {
  if (stream.handle.has(kConnecting)) return UV_EOF;
  if (stream.handle.has(kOpSubmitted) && !stream.op.pending) note_loss(stream, stream.op.result);
  return stream.lost_by() != 0 ? std::int64_t{stream.lost_by()} : std::int64_t{UV_EOF};
}

void end_reading(Stream& stream, std::int64_t error, const uv_buf_t& buffer) {
  uv_read_cb callback = stream.read_callback;
  if (error == UV_EOF) error = clean_end_or_loss(stream);
  stop_reading(stream);
  if (error == UV_EOF) {
    stream.handle.set(kReadEnded);
  } else {
    stream.handle.clear(kCanRead | kCanWrite);
  }
  call_program(CallbackKind::kRead, callback, public_handle(stream), static_cast<ssize_t>(error),
               &buffer);
}

// Whether to read again after a buffer was filled. A kernel has to be asked by another read, which
// may bring 0 bytes. An engine that received ahead knows, so no callback with 0 bytes is needed.
bool may_have_more(Stream& stream, Events events) {
  if ((events & kDelivered) == 0) return true;
  // The callback may have closed the stream, or stopped it.
  return stream.handle.has(kReading) &&
         loop_of(stream.handle).engine->take(stream.channel, nullptr, 0) == 0;
}

// True when there may be more to read at once.
bool read_once(Stream& stream, Events events) {
  uv_buf_t buffer = {};
  // Kept, since stopping forgets it.
  const uv_read_cb read_callback = stream.read_callback;
  call_program(CallbackKind::kAlloc, stream.alloc_callback, public_handle(stream.handle),
               kSuggestedSize, &buffer);
  const bool has_memory = buffer.base != nullptr && buffer.len != 0;
  if (!stream.handle.has(kReading)) {
    // The alloc callback has stopped or closed the stream: the memory goes back to the program.
    if (has_memory)
      call_program(CallbackKind::kRead, read_callback, public_handle(stream), 0, &buffer);
    return false;
  }
  if (!has_memory) {
    call_program(CallbackKind::kRead, stream.read_callback, public_handle(stream), UV_ENOBUFS,
                 &buffer);
    return false;
  }
  const std::size_t capacity = buffer.len;
  std::int64_t count = receive(stream, buffer, events);
  if (count > 0) {
    call_program(CallbackKind::kRead, stream.read_callback, public_handle(stream),
                 static_cast<ssize_t>(count), &buffer);
    // Less than asked for: the kernel has nothing more, unless the end has come too. It is told in
    // the same turn, before the exit of the child that wrote. One that blocks is never asked twice.
    if (stream.handle.has(kBlocking)) return false;
    if ((events & kDisconnect) != 0) return true;
    return static_cast<std::size_t>(count) == capacity && may_have_more(stream, events);
  }
  if (count == UV_EAGAIN) {
    call_program(CallbackKind::kRead, stream.read_callback, public_handle(stream), 0, &buffer);
  } else {
    end_reading(stream, count == 0 ? std::int64_t{UV_EOF} : count, buffer);
  }
  return false;
}

}  // namespace

int start_reading(Stream& stream, uv_alloc_cb alloc_callback, uv_read_cb read_callback) {
  if (alloc_callback == nullptr || read_callback == nullptr) return UV_EINVAL;
  if (stream.handle.has(kClosing)) return UV_EINVAL;
  if (stream.handle.has(kListening)) return UV_ENOTCONN;
  if (stream.handle.has(kReading)) return UV_EALREADY;
  // A program may have set the flag on a handle that is not open.
  const bool is_usable = is_open(stream) || stream.handle.has(kConnecting);
  if (!is_usable || !stream.handle.has(kCanRead)) return UV_ENOTCONN;
  // A socket that is connecting reports events that mean nothing yet; finish_connect() starts to
  // watch it.
  if (!stream.handle.has(kConnecting)) {
    Loop& loop = loop_of(stream.handle);
    if (int error = loop.engine->watch(stream.channel, kReceive); error != 0) return error;
  }
  stream.alloc_callback = alloc_callback;
  stream.read_callback = read_callback;
  stream.handle.clear(kReadEnded);
  stream.handle.set(kReading);
  activate(stream.handle);
  return 0;
}

void stop_reading(Stream& stream) {
  if (!stream.handle.has(kReading)) return;
  stream.handle.clear(kReading);
  // Dropping an interest needs no memory, so this cannot fail.
  if (!stream.handle.has(kConnecting)) {
    loop_of(stream.handle).engine->watch(stream.channel, kNoEvents);
  }
  deactivate(stream.handle);
  stream.alloc_callback = nullptr;
  stream.read_callback = nullptr;
}

void read_available(Stream& stream, Events events) {
  for (int reads = 0; reads < kMaxReadsPerEvent; ++reads) {
    if (!read_once(stream, events) || !stream.handle.has(kReading)) return;
  }
}

void fail_reading(Stream& stream, int error) {
  end_reading(stream, error, {});
}

void read_reported(Stream& stream) {
  const Events events = stream.channel.events;
  if (events == kNoEvents || !stream.handle.has(kReading)) return;
  stream.channel.events = kNoEvents;
  read_available(stream, events);
}

}  // namespace violet
